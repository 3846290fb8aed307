-- step: Ask without preparing
SELECT order_count
  FROM customers
 ORDER BY order_count DESC
 LIMIT 5;

-- step: Prepare
CREATE INDEX ON customers (order_count);

-- step: Ask
SELECT order_count
  FROM customers -- = index
 ORDER BY order_count DESC -- = order
 LIMIT 5; -- = limit
