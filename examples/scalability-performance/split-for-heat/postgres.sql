ALTER TABLE posts ALTER COLUMN body SET STORAGE EXTERNAL;

INSERT INTO posts VALUES
  (1001, 'U12345', 'Chapter', '', '2026-01-01Z', 0),
  (1002, 'U12400', 'Chapter', '', '2026-01-01Z', 0);

-- step: Two hot items, first second
UPDATE posts SET body = repeat('x', 249 * 1024)
 WHERE post_id IN (1001, 1002);

-- step: One hot item, first second
UPDATE posts SET body = repeat('y', 249 * 1024)
 WHERE post_id = 1001;
