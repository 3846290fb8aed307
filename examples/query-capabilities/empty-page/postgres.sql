-- step: The guide's query
SELECT p.post_date, p.title
  FROM posts p
  JOIN post_tags pt ON pt.post_id = p.post_id
  JOIN tags t ON t.tag_id = pt.tag_id
 WHERE p.user_id = 'U12345' -- = key
   AND p.post_date > '2024-01-01' -- = key
   AND t.name = 'AWS' -- = filter "t.name = 'AWS'"
 ORDER BY p.post_date
 LIMIT 10; -- = limit
