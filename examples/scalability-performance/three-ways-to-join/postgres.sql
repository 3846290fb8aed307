CREATE INDEX posts_by_author ON posts (user_id);

-- step: Who is read most
SELECT username, sum(views) AS views
  FROM posts JOIN users USING (user_id)
 GROUP BY username
 ORDER BY views DESC, username
 LIMIT 3;

-- step: Forbid the hash join
SET enable_hashjoin = off;

SELECT username, sum(views) AS views
  FROM posts JOIN users USING (user_id)
 GROUP BY username
 ORDER BY views DESC, username
 LIMIT 3;

-- step: Forbid the nested loop too
SET enable_nestloop = off;

SELECT username, sum(views) AS views
  FROM posts JOIN users USING (user_id)
 GROUP BY username
 ORDER BY views DESC, username
 LIMIT 3;

-- step: The same for one user
RESET ALL;

SELECT username, sum(views) AS views -- = sum "sum(views)"
  FROM posts JOIN users USING (user_id)
 WHERE user_id = 'U12345' -- = user
 GROUP BY username;
