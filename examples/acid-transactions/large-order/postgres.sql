-- step: Nine each of 60 products
INSERT INTO inventory
SELECT 'L' || lpad(n::text, 3, '0'), 'Letter ' || n, 1.00, 9
  FROM generate_series(1, 60) AS n;

-- step: 40 lines
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 40.00, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
INSERT INTO order_items
SELECT 'O1234', product_id, 1, price
  FROM inventory
 WHERE product_id BETWEEN 'L001' AND 'L040';
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id BETWEEN 'L001' AND 'L040';
COMMIT;

-- step: 60 lines
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1235', 'C5678', 60.00, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
INSERT INTO order_items
SELECT 'O1235', product_id, 1, price
  FROM inventory
 WHERE product_id BETWEEN 'L001' AND 'L060';
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id BETWEEN 'L001' AND 'L060';
COMMIT;
