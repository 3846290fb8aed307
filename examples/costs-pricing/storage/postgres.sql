-- step: The posts
SELECT count(*) AS rows,
       sum(pg_column_size(p)) / count(*) AS bytes_a_row,
       pg_relation_size('posts') AS in_pages,
       pg_indexes_size('posts') AS in_indexes
  FROM posts AS p;

-- gp3 in one zone, 28 July 2026: $0.115 a GB-month
SELECT round((pg_relation_size('posts') +
              pg_indexes_size('posts')) / 1024.0 ^ 3 *
             0.115 * 1000000, 2) AS a_million_such_tables;

-- step: Small items
SELECT sum(reltuples) AS rows,
       sum(pg_relation_size(oid)) AS in_pages,
       sum(pg_indexes_size(oid)) AS in_indexes
  FROM pg_class
 WHERE relname LIKE 'page\_views\_2%' AND relkind = 'r';
