-- step: Nothing switched on
DELETE FROM customers
 WHERE customer_id = 'C5678'
RETURNING *;

ROLLBACK; -- too late: the DELETE has committed

SELECT count(*) AS found
  FROM customers
 WHERE customer_id = 'C5678';

-- step: Back up
INSERT INTO customers VALUES ('C5678', 'U12345', 0);

COPY customers TO '/tmp/customers.copy';

-- step: An hour later
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';

-- step: The mistake
DELETE FROM customers
 WHERE customer_id = 'C5678';

UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5677';

-- step: Restore
CREATE SCHEMA restored;

CREATE TABLE restored.customers -- = target
       (LIKE customers INCLUDING ALL); -- = target

COPY restored.customers FROM '/tmp/customers.copy'; -- = moment

INSERT INTO customers
SELECT *
  FROM restored.customers
 WHERE customer_id = 'C5678' -- = row
    ON CONFLICT DO NOTHING -- = once
RETURNING *;
