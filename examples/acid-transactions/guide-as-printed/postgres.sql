-- step: Run it as printed
BEGIN;

-- Create new order
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 99.95, 'Pending');

-- Update customer stats
UPDATE customers
SET order_count = order_count + 1
WHERE customer_id = 'C5678';

-- Update inventory
UPDATE inventory
SET stock = stock - 1
WHERE product_id = 'P9012';

-- Check if inventory update succeeded (stock was sufficient)
-- If not, this will be 0 and we'll roll back
IF NOT FOUND THEN
  ROLLBACK;
  RAISE EXCEPTION 'Insufficient stock for product P9012';
END IF;

-- Everything succeeded, commit the transaction
COMMIT;

-- step: Two orders, and no check
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1235', 'C5678', 99.95, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
COMMIT;

BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1236', 'C5678', 99.95, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
COMMIT;

-- step: What is in stock
SELECT stock
  FROM inventory
 WHERE product_id = 'P9012';

-- step: A customer nobody knows
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1237', 'C9999', 99.95, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C9999';
COMMIT;
