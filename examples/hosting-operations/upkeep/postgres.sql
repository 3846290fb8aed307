CREATE EXTENSION pageinspect;

CREATE VIEW size AS
SELECT pg_relation_size('posts') / 8192 AS pages;

-- step: Before
TABLE size;

-- step: Many updates
UPDATE posts SET views = views + 1;
UPDATE posts SET views = views + 1;
UPDATE posts SET views = views + 1;
UPDATE posts SET views = views + 1;
UPDATE posts SET views = views + 1;

SELECT count(*) AS versions, pages
  FROM size,
       heap_page_items(get_raw_page('posts', 0))
 GROUP BY pages;

-- step: Clean up
VACUUM posts;
TABLE size;

UPDATE posts SET views = views + 1;
TABLE size;

VACUUM FULL posts;
SELECT pages AS after_full FROM size;

-- step: What is out of date
CREATE TABLE visits AS
SELECT n AS visit_id, 'U12345' AS user_id
  FROM generate_series(1, 150) AS n;

EXPLAIN SELECT * FROM visits WHERE user_id = 'U12345';

ANALYZE visits;

EXPLAIN SELECT * FROM visits WHERE user_id = 'U12345';

-- step: A week later
DELETE FROM sessions
 WHERE expires_at <= '2026-01-08'; -- a job of your own
