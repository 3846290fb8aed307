ANALYZE orders, order_items;

-- step: As things are
SELECT DISTINCT customer_id
  FROM order_items
  JOIN orders USING (order_id)
 WHERE product_id = 'P9005'
   AND order_id >= 'O1200'
 ORDER BY customer_id;

-- step: Build the path
CREATE INDEX turned ON order_items (product_id, order_id);

-- step: With the path
SELECT DISTINCT customer_id
  FROM order_items
  JOIN orders USING (order_id)
 WHERE product_id = 'P9005'
   AND order_id >= 'O1200'
 ORDER BY customer_id;

-- step: Was it worth it?
SELECT count(*) AS entries,
       pg_relation_size('turned') / 8192 AS pages
  FROM order_items;
