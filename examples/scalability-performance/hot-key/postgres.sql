ALTER TABLE posts ALTER COLUMN body SET STORAGE EXTERNAL;

-- step: Eight authors, a chapter each
INSERT INTO posts
SELECT 1000 + n, 'U' || 12345 + n, 'Chapter 1',
       repeat('x', 249 * 1024), '2026-01-01Z'
  FROM generate_series(1, 8) AS n;

-- step: One author, eight chapters
INSERT INTO posts
SELECT 1008 + n, 'U12345', 'Chapter ' || n,
       repeat('x', 249 * 1024), '2026-01-01Z'
  FROM generate_series(1, 8) AS n;

-- step: What the others notice
INSERT INTO posts
SELECT 1016 + n, 'U' || 12399 + n, 'Chapter 1',
       repeat('x', 49 * 1024), '2026-01-01Z'
  FROM generate_series(1, 4) AS n;

-- step: What another table notices
INSERT INTO orders
VALUES ('O1234', 'C5678', 99.95, 'Pending', '2025-01-01Z');
