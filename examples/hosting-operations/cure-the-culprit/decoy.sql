CREATE EXTENSION pg_stat_statements;

SELECT pg_stat_statements_reset() IS NOT NULL AS empty;

-- step: A minute of traffic
SELECT format('SELECT title FROM posts WHERE post_id = %s', n)
  FROM generate_series(1, 40) AS n \gexec

SELECT format(
         'SELECT username FROM users WHERE user_id = %L',
         'U' || n)
  FROM generate_series(12346, 12355) AS n \gexec

SELECT count(*) FROM posts WHERE views >= 1500;

SELECT count(*) FROM posts WHERE views >= 1500;

-- step: Name it
SELECT query, shared_blks_hit + shared_blks_read
  FROM pg_stat_statements
 WHERE query ~ '(posts|users) WHERE'
   AND query !~ 'format'
 ORDER BY shared_blks_hit + shared_blks_read DESC
 LIMIT 1;

-- step: Cure it
CREATE INDEX ON posts (views)
       INCLUDE (title, body);
VACUUM posts;

-- step: Run it again
SELECT count(*) FROM posts WHERE views >= 1500;
