-- step: The report
CREATE VIEW aws_in_2024 AS
SELECT p.user_id,
       count(*) AS post_count,
       round(avg(p.views), 2) AS avg_views
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 WHERE t.name = 'AWS'
   AND p.post_date >= '2024-01-01Z'
   AND p.post_date <= '2024-12-31Z'
 GROUP BY p.user_id;

SELECT * FROM aws_in_2024 ORDER BY post_count DESC, user_id LIMIT 5;
