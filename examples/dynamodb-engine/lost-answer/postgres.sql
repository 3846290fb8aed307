CREATE TABLE requests (request_id text PRIMARY KEY);

-- step: Count an order
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';

-- No answer came, so the program sends it again.
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';

SELECT order_count
  FROM customers
 WHERE customer_id = 'C5678';

-- step: Remember what was counted
WITH fresh AS (
  INSERT INTO requests VALUES ('count-O1235')
  ON CONFLICT DO NOTHING
  RETURNING request_id
)
UPDATE customers
   SET order_count = order_count + 1
  FROM fresh
 WHERE customer_id = 'C5678';

-- No answer came, so the program sends it again.
WITH fresh AS (
  INSERT INTO requests VALUES ('count-O1235')
  ON CONFLICT DO NOTHING
  RETURNING request_id
)
UPDATE customers
   SET order_count = order_count + 1
  FROM fresh
 WHERE customer_id = 'C5678';

SELECT order_count
  FROM customers
 WHERE customer_id = 'C5678';
