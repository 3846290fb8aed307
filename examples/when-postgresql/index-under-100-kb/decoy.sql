CREATE TABLE readings (
  at timestamptz NOT NULL,
  device int NOT NULL,
  celsius int NOT NULL
);
INSERT INTO readings
SELECT '2026-01-01Z'::timestamptz + n * interval '10 seconds',
       n % 20, 20 + n % 7
  FROM generate_series(0, 49999) AS n;
CREATE INDEX ON readings (at);
SET default_statistics_target = 200; -- looks at every row
ANALYZE readings;

-- step: One hour
SELECT count(*)
  FROM readings
 WHERE at >= '2026-01-03 12:00Z' AND at < '2026-01-03 13:00Z';
