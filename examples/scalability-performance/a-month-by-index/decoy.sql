CREATE INDEX posts_by_date ON posts (post_date);
CREATE INDEX posts_by_day
    ON posts (((post_date AT TIME ZONE 'UTC')::date));
ANALYZE posts;

-- step: Views of April
SELECT count(*) AS posts, sum(views) AS views
  FROM posts
 WHERE (post_date AT TIME ZONE 'UTC')::date
       BETWEEN '2024-04-01' AND '2024-04-30';
