-- step: The first attempt
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending')
ON CONFLICT (order_id) DO NOTHING;
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';

-- step: The second attempt
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending')
ON CONFLICT (order_id) DO NOTHING;
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
