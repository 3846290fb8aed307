-- step: A user with all posts
SELECT username,
       count(*) AS posts,
       min(title) AS first_title
  FROM users
  JOIN posts USING (user_id)
 WHERE user_id = 'U12345'
 GROUP BY username;

-- step: All pending orders, from their own
SELECT order_id
  FROM orders
 WHERE status = 'Pending'
 ORDER BY created_at;
