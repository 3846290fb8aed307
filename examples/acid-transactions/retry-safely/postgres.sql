-- step: Place an order
BEGIN; -- = transaction
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
COMMIT; -- = transaction

-- step: Send the same again
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
COMMIT;

-- step: Send twice, made to be repeated
WITH placed AS (
  INSERT INTO orders (order_id, customer_id, amount, status) -- = first
  VALUES ('O1235', 'C5678', 8.90, 'Pending')
  ON CONFLICT (order_id) DO NOTHING -- = once
  RETURNING customer_id
)
UPDATE customers -- = first
   SET order_count = order_count + 1
  FROM placed
 WHERE customers.customer_id = placed.customer_id;

WITH placed AS (
  INSERT INTO orders (order_id, customer_id, amount, status) -- = second
  VALUES ('O1235', 'C5678', 8.90, 'Pending')
  ON CONFLICT (order_id) DO NOTHING -- = once
  RETURNING customer_id
)
UPDATE customers -- = second
   SET order_count = order_count + 1
  FROM placed
 WHERE customers.customer_id = placed.customer_id;
