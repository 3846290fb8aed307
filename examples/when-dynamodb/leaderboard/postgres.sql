CREATE INDEX posts_by_views ON posts (views);
VACUUM ANALYZE posts;

-- step: The top ten
SELECT views, title
  FROM posts
 ORDER BY views DESC -- = order
 FETCH FIRST 10 ROWS WITH TIES; -- = ten

-- step: My place
SELECT count(*) + 1 AS place -- = count "count(*)"
  FROM posts
 WHERE views > (SELECT views FROM posts WHERE post_id = 950); -- = above

SELECT place
  FROM (SELECT post_id, rank() OVER (ORDER BY views DESC) AS place
          FROM posts) AS ranked
 WHERE post_id = 950;

-- step: One reader more
UPDATE posts
   SET views = views + 1
 WHERE post_id = 950;
