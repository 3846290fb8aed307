CREATE EXTENSION pg_stat_statements;

SELECT pg_stat_statements_reset() IS NOT NULL AS empty;

-- step: A minute of traffic
SELECT format('SELECT title FROM posts WHERE post_id = %s', 1)
  FROM generate_series(1, 40) \gexec

SELECT format(
         'SELECT username FROM users WHERE user_id = %L',
         'U' || n)
  FROM generate_series(12346, 12355) AS n \gexec

SELECT count(*) FROM posts WHERE views >= 1500;

SELECT count(*) FROM posts WHERE views >= 1500;

-- step: Name the culprit
SELECT query, calls,
       shared_blks_hit + shared_blks_read AS buffers
  FROM pg_stat_statements
 WHERE query ~ '(posts|users) WHERE'
   AND query !~ 'format'
 ORDER BY buffers DESC;

-- step: Name the hottest key
SELECT query, calls
  FROM pg_stat_statements
 WHERE query ~ '(posts|users) WHERE'
   AND query !~ 'format'
 ORDER BY calls DESC
 LIMIT 1;
