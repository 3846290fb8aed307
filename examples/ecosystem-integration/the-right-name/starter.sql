-- step: Look on the shelf
SELECT name FROM pg_available_extensions
 WHERE name LIKE '%vector%';

-- step: Keep the notes
CREATE TABLE notes (
  note int PRIMARY KEY,
  x int,
  y int
);
INSERT INTO notes
SELECT n, n % 100, n / 100 FROM generate_series(0, 1999) AS n;
ANALYZE notes;

-- step: The nearest three
SELECT note
  FROM notes
 ORDER BY (x - 37.2) ^ 2 + (y - 11.1) ^ 2
 LIMIT 3;
