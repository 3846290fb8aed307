SET timezone = 'UTC';

CREATE TABLE readings (
  at timestamptz NOT NULL,
  device int NOT NULL,
  celsius real NOT NULL
);
INSERT INTO readings
SELECT '2026-01-01Z'::timestamptz + n * interval '10 seconds',
       n % 20, 20 + n % 7
  FROM generate_series(0, 49999) AS n;
SET default_statistics_target = 200; -- looks at every row
ANALYZE readings;

-- step: Views a week, beside the week before
SELECT date_bin('7 days', at, '2024-10-07Z')::date AS week,
       count(*) AS views,
       count(*) - lag(count(*)) OVER (
         ORDER BY date_bin('7 days', at, '2024-10-07Z')
       ) AS more
  FROM page_views
 WHERE at BETWEEN '2024-10-07Z' AND '2024-11-03 23:59:59Z'
 GROUP BY date_bin('7 days', at, '2024-10-07Z')
 ORDER BY week;

-- step: Two indexes on 50,000 readings
CREATE INDEX readings_btree ON readings (at);
CREATE INDEX readings_brin ON readings
 USING brin (at) WITH (pages_per_range = 16);

SELECT relname, pg_relation_size(oid) AS bytes
  FROM pg_class
 WHERE relname IN ('readings_btree', 'readings_brin')
 ORDER BY bytes;

-- step: One hour, by the small one
DROP INDEX readings_btree;

SELECT count(*), avg(celsius)::numeric(4, 2) AS celsius
  FROM readings
 WHERE at >= '2026-01-03 12:00Z' AND at < '2026-01-03 13:00Z';
