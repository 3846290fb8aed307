-- step: As printed
-- Find users who have posted articles tagged with 'AWS' in 2024,
-- along with their post count and average engagement
WITH user_posts AS (
  SELECT
    u.user_id,
    u.username,
    COUNT(p.post_id) AS post_count,
    AVG(p.views) AS avg_views
  FROM
    users u
    JOIN posts p ON u.user_id = p.user_id
    JOIN post_tags pt ON p.post_id = pt.post_id
    JOIN tags t ON pt.tag_id = t.tag_id
  WHERE
    t.name = 'AWS'
    AND p.post_date >= '2024-01-01'
  GROUP BY
    u.user_id, u.username
)
SELECT
  up.*,
  RANK() OVER (ORDER BY up.avg_views DESC) AS engagement_rank
FROM
  user_posts up
WHERE
  up.post_count >= 5
ORDER BY
  engagement_rank;

-- step: A post of 2025
INSERT INTO posts VALUES
  (1001, 'U12345', 'A new year of keys', 'Short.',
   '2025-01-02 09:00Z', 100);
INSERT INTO post_tags
SELECT 1001, tag_id FROM tags WHERE name = 'AWS';

SELECT count(*) AS post_count
  FROM posts
  JOIN post_tags USING (post_id)
  JOIN tags USING (tag_id)
 WHERE name = 'AWS'
   AND user_id = 'U12345'
   AND post_date >= '2024-01-01';

-- step: With both bounds
SELECT count(*) AS post_count
  FROM posts
  JOIN post_tags USING (post_id)
  JOIN tags USING (tag_id)
 WHERE name = 'AWS'
   AND user_id = 'U12345'
   AND post_date >= '2024-01-01Z'
   AND post_date < '2025-01-01Z';
