-- step: Ask without an index
SELECT post_id, views
  FROM posts
 WHERE title = 'Notes on joins'
 ORDER BY post_id;

-- step: Build one
CREATE INDEX CONCURRENTLY posts_by_title ON posts (title);

-- step: Ask again
SELECT post_id, views
  FROM posts
 WHERE title = 'Notes on joins'
 ORDER BY post_id;
