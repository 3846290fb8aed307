-- step: One statement
SELECT rank() OVER (ORDER BY avg(p.views) DESC),
       p.user_id,
       count(*) AS posts,
       round(avg(p.views), 2) AS average
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 WHERE t.name = 'AWS'
   AND p.post_date >= '2024-01-01Z'
   AND p.post_date < '2025-01-01Z'
 GROUP BY p.user_id
HAVING count(*) >= 5
 ORDER BY rank;

-- step: Store the report
CREATE MATERIALIZED VIEW aws_in_2024 AS
SELECT p.user_id, count(*) AS posts, avg(p.views) AS average
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 WHERE t.name = 'AWS'
   AND p.post_date >= '2024-01-01Z'
   AND p.post_date < '2025-01-01Z'
 GROUP BY p.user_id
HAVING count(*) >= 5;

-- step: Read the report
SELECT user_id, posts, round(average, 2) AS average
  FROM aws_in_2024
 ORDER BY aws_in_2024.average DESC;
