-- step: Ask
SELECT title
  FROM posts
 WHERE views > 1500 -- = views
 ORDER BY title;

-- step: Ask with an index
CREATE INDEX posts_by_views ON posts (views);
SELECT title
  FROM posts -- = index
 WHERE views > 1500
 ORDER BY title;

-- step: Ask for nearly all
SELECT count(title)
  FROM posts
 WHERE views > 1;

-- step: Without statistics
CREATE TABLE clicks AS
SELECT n, n % 5 AS shop, n % 1000 AS day
  FROM generate_series(1, 25000) AS n;
CREATE INDEX clicks_by_shop ON clicks (shop, day);
SELECT count(n) FROM clicks WHERE shop < 4;

-- step: With statistics
VACUUM ANALYZE clicks;
SELECT count(n) FROM clicks WHERE shop < 4;

-- step: Skip the first column
SELECT count(*) FROM clicks WHERE day = 77;

EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)
SELECT count(*) FROM clicks WHERE day = 77;
