CREATE TABLE new_orders (
  order_id int PRIMARY KEY, customer_id text,
  status text, notes text
);
ALTER TABLE new_orders
  ALTER COLUMN notes SET STORAGE EXTERNAL;
CREATE INDEX new_orders_by_status ON new_orders (status);

-- step: An index by status
INSERT INTO new_orders
SELECT 1234 + n, 'C' || 5559 + n, 'Pending',
       repeat('x', 249 * 1024)
  FROM generate_series(0, 11) AS n;
