-- step: One statement
SELECT o.order_id, o.amount,
       string_agg(i.qty || ' x ' || p.name, ', '
                  ORDER BY p.product_id) AS lines
  FROM (SELECT * FROM orders
         WHERE status = 'Pending'
         ORDER BY created_at DESC
         LIMIT 10) AS o
  JOIN order_items i ON i.order_id = o.order_id
  JOIN inventory p ON p.product_id = i.product_id
 GROUP BY o.order_id, o.amount
 ORDER BY o.order_id DESC;
