CREATE INDEX posts_by_date ON posts (post_date);
ANALYZE posts;

-- step: Views of April
SELECT count(*) AS posts, sum(views) AS views
  FROM posts
 WHERE post_date >= '2024-04-01Z' AND post_date < '2024-05-01Z';
