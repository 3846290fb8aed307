-- step: Store the answer
CREATE MATERIALIZED VIEW totals AS
SELECT user_id, sum(views) AS views
  FROM posts
 GROUP BY user_id;

SELECT views FROM totals WHERE user_id = 'U12345';

-- step: A post more
INSERT INTO posts VALUES
  (1001, 'U12345', 'A post more', '', '2025-01-01Z', 1000);

SELECT views FROM totals WHERE user_id = 'U12345';

-- step: Refresh it beside readers
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- step: Bring it up to date
CREATE UNIQUE INDEX ON totals (user_id);

REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

SELECT views FROM totals WHERE user_id = 'U12345';
