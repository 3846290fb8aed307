CREATE TABLE readings (
  day date, number int, readings text,
  PRIMARY KEY (day, number)
);
ALTER TABLE readings
  ALTER COLUMN readings SET STORAGE EXTERNAL;

-- step: One key for the day
INSERT INTO readings
SELECT '2026-11-21', n, repeat('x', 249 * 1024)
  FROM generate_series(1, 20) AS n;

-- step: Read the day
SELECT string_agg(number::text, ' ' ORDER BY number) AS numbers
  FROM readings
 WHERE day = '2026-11-21';
