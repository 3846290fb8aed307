-- step: Repaired
SELECT p.title
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 WHERE p.user_id = 'U12345'
   AND p.post_date >= '2024-01-01Z'
   AND p.post_date < '2025-01-01Z'
   AND t.name = 'AWS'
 ORDER BY p.post_date
 LIMIT 10;
