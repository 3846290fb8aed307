-- step: Who is read most?
SELECT user_id, sum(views) AS views
  FROM posts
 GROUP BY user_id
 ORDER BY views DESC
 LIMIT 3;
