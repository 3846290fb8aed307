-- step: Three questions about writers
SELECT username FROM users WHERE user_id = 'U12345';

SELECT title FROM posts WHERE user_id = 'U12345'
 ORDER BY post_date DESC LIMIT 3;

SELECT title
  FROM posts
  JOIN post_tags USING (post_id)
  JOIN tags USING (tag_id)
 WHERE name = 'AWS'
 ORDER BY post_date DESC LIMIT 3;

-- step: Three questions about orders
SELECT stock FROM inventory WHERE product_id = 'P9012';

SELECT order_id FROM orders WHERE customer_id = 'C5615'
 ORDER BY created_at, order_id;

SELECT product_id FROM order_items WHERE order_id = 'O1233'
 ORDER BY product_id;

-- step: The seventh question
SELECT count(*) FROM order_items WHERE product_id = 'P9004';

-- step: An index for it
CREATE INDEX ON order_items (product_id);

-- step: The seventh question again
SELECT count(*) FROM order_items -- = index
 WHERE product_id = 'P9004'; -- = where
