CREATE INDEX orders_by_status ON orders (status, created_at);
-- 300 rows are three pages: without this, PostgreSQL reads them all.
SET enable_seqscan = off;

-- step: Place an order
INSERT INTO orders
VALUES ('O1234', 'C5678', 99.95, 'Pending', '2025-01-01 09:30Z');

SELECT order_id
  FROM orders
 WHERE status = 'Pending'
   AND created_at >= '2025-01-01Z';

-- step: Ship it
UPDATE orders
   SET status = 'Shipped'
 WHERE order_id = 'O1234';

SELECT order_id
  FROM orders
 WHERE status = 'Pending'
   AND created_at >= '2025-01-01Z';
