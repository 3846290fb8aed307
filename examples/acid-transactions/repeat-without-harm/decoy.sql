-- step: The first attempt
WITH placed AS (
  INSERT INTO orders (order_id, customer_id, amount, status)
  VALUES ('O1234', 'C5678', 8.90, 'Pending')
  ON CONFLICT (order_id) DO NOTHING
  RETURNING customer_id
)
UPDATE customers AS c
   SET order_count = order_count + 1
  FROM placed
 WHERE c.customer_id = placed.customer_id;

-- step: The second attempt
WITH placed AS (
  INSERT INTO orders (order_id, customer_id, amount, status)
  VALUES ('O1234', 'C5678', 8.90, 'Pending')
  ON CONFLICT (order_id) DO NOTHING
  RETURNING customer_id
)
UPDATE customers AS c
   SET order_count = order_count + 1
  FROM placed
 WHERE c.customer_id = placed.customer_id;
