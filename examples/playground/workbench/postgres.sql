SELECT title, post_date
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date
 LIMIT 3;
