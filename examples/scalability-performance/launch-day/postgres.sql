CREATE TABLE launch (guest text PRIMARY KEY, words text);
ALTER TABLE launch ALTER COLUMN words SET STORAGE EXTERNAL;

-- step: A quiet day
INSERT INTO launch
SELECT 'G' || n, repeat('x', 249 * 1024)
  FROM generate_series(0, 3) AS n;

-- step: Ten times as many
INSERT INTO launch
SELECT 'G' || n, repeat('x', 249 * 1024)
  FROM generate_series(4, 39) AS n;
