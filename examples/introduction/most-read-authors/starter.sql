-- step: Who is read most?
SELECT user_id, views
  FROM posts
 ORDER BY views DESC
 LIMIT 3;
