-- step: Count
SELECT count(*) AS posts
  FROM posts
 WHERE user_id = 'U12345';

-- step: Add up
SELECT count(*) AS posts, sum(views) AS views
  FROM posts
 WHERE user_id = 'U12345';

-- step: Subtotals
SELECT coalesce(status, 'all') AS status,
       count(*) AS orders,
       sum(amount) AS total,
       percentile_cont(0.5)
         WITHIN GROUP (ORDER BY amount) AS median
  FROM orders
 GROUP BY ROLLUP (status)
 ORDER BY status;

-- step: How many aggregates are there?
SELECT count(DISTINCT proname) AS names, count(*) AS aggregates
  FROM pg_proc
 WHERE prokind = 'a';
