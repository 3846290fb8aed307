-- step: The newest three
SELECT post_date, title -- = columns "post_date, title"
  FROM posts
 WHERE user_id = 'U12345' -- = user
 ORDER BY post_date DESC -- = order
 LIMIT 3; -- = limit

CREATE INDEX posts_by_user ON posts (user_id, post_date);

SELECT post_date, title -- = columns "post_date, title"
  FROM posts
 WHERE user_id = 'U12345' -- = user
 ORDER BY post_date DESC -- = order
 LIMIT 3; -- = limit

-- step: Without the first part of the key
SELECT user_id, post_date
  FROM posts
 WHERE post_date > '2024-12-31 00:00Z'
 ORDER BY post_date;

-- step: Numbers written as text
SELECT string_agg(n, ', ' ORDER BY n) AS as_text,
       string_agg(n, ', ' ORDER BY n::int) AS as_number
  FROM unnest(ARRAY['2', '10', '1']) AS n;

-- step: Only some in the index
CREATE INDEX pending_orders ON orders (created_at) -- = index
 WHERE status = 'Pending'; -- = index

SELECT order_id
  FROM orders
 WHERE status = 'Pending' -- = drafts
 ORDER BY created_at
 LIMIT 2;
