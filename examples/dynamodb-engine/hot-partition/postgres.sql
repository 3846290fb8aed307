-- Stored as it is, so that 249 KB are 249 KB.
ALTER TABLE posts ALTER COLUMN body SET STORAGE EXTERNAL;

-- step: Five chapters of one author
INSERT INTO posts
SELECT 1000 + chapter, 'U12345', 'Chapter ' || chapter,
       repeat('x', 249 * 1024), '2026-01-01Z'
  FROM generate_series(1, 5) AS chapter;

-- step: A chapter each of eight authors
INSERT INTO posts
SELECT 1005 + author, 'U' || 12345 + author, 'Chapter 1',
       repeat('x', 249 * 1024), '2026-01-01Z'
  FROM generate_series(1, 8) AS author;

-- step: What was written
SELECT count(*) AS chapters,
       pg_size_pretty(sum(pg_column_size(body))) AS bodies
  FROM posts
 WHERE post_id > 1000;
