CREATE INDEX posts_by_author ON posts (user_id, post_date);

-- step: A question with a plan
SELECT post_date, title
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date DESC
 LIMIT 3;

-- step: Ask in one statement
SELECT t.name, sum(p.views) AS views
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 GROUP BY t.name
 ORDER BY views DESC
 LIMIT 3;

-- step: Keep the totals
CREATE MATERIALIZED VIEW tag_views AS
SELECT t.name, sum(p.views) AS views
  FROM posts p
  JOIN post_tags pt USING (post_id)
  JOIN tags t USING (tag_id)
 GROUP BY t.name;

-- step: Totals kept ready
SELECT name, views
  FROM tag_views
 ORDER BY views DESC
 LIMIT 3;
