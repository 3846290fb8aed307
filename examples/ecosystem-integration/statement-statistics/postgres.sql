CREATE EXTENSION pg_stat_statements;
SELECT pg_stat_statements_reset() IS NOT NULL AS reset;

-- step: A morning's work
SELECT stock FROM inventory WHERE product_id = 'P9001';
SELECT stock FROM inventory WHERE product_id = 'P9012';
SELECT stock FROM inventory WHERE product_id = 'P9020';
UPDATE inventory SET stock = stock - 1
 WHERE product_id = 'P9001';
SELECT count(*) FROM page_views WHERE post_id = 1;

-- step: Who did the work?
SELECT calls, rows,
       shared_blks_hit + shared_blks_read > 20 AS "many pages",
       regexp_replace(query, '\s+', ' ', 'g') AS query
  FROM pg_stat_statements
 WHERE query ~ 'inventory|page_views'
 ORDER BY shared_blks_hit + shared_blks_read > 20 DESC,
          calls DESC;
