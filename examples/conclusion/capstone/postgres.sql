CREATE INDEX ON orders (customer_id, created_at);
ALTER TABLE inventory ADD CHECK (stock >= 0);

-- step: A product page, 10 million times a month
SELECT name, price, stock
  FROM inventory
 WHERE product_id = 'P9001';

-- step: My last orders, 2 million times
SELECT order_id, created_at, amount
  FROM orders
 WHERE customer_id = 'C5615'
 ORDER BY created_at DESC
 LIMIT 5;

-- step: An order, 200,000 times
BEGIN;
INSERT INTO orders
VALUES ('O1234', 'C5678', 8.90, 'Pending', '2026-01-01Z');
UPDATE customers SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
UPDATE inventory SET stock = stock - 1
 WHERE product_id = 'P9001';
COMMIT;

-- step: What sells beside blue ink? Once a day
SELECT other.product_id, count(*) AS times
  FROM order_items AS ink
  JOIN order_items AS other USING (order_id)
 WHERE ink.product_id = 'P9001'
   AND other.product_id <> 'P9001'
 GROUP BY other.product_id
 ORDER BY times DESC, other.product_id
 LIMIT 3;

-- step: The month
-- RDS in us-east-1, 2026: dollars an hour, 730 hours, 20 GB
SELECT size,
       round(730 * usd + 20 * 0.115, 2) AS dollars
  FROM (VALUES ('db.t4g.micro', 0.016),
               ('db.m7g.large', 0.168)) AS rds (size, usd);
