-- step: A user with all posts
SELECT username, -- = columns "username"
       count(*) AS posts, -- = posts "count(*)"
       min(title) AS first_title -- = columns "min(title)"
  FROM users
  JOIN posts USING (user_id)
 WHERE user_id = 'U12345' -- = user
 GROUP BY username;

-- step: All pending orders, from their own
SELECT order_id
  FROM orders -- = index
 WHERE status = 'Pending' -- = status
 ORDER BY created_at; -- = index "ORDER BY created_at"
