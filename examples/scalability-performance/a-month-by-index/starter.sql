CREATE INDEX posts_by_date ON posts (post_date);
ANALYZE posts;

-- step: Views of April
SELECT count(*) AS posts, sum(views) AS views
  FROM posts
 WHERE to_char(post_date AT TIME ZONE 'UTC', 'YYYY-MM') = '2024-04';
