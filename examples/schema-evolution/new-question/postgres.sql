-- step: Ask without an index
SELECT post_id, views -- = columns "post_id, views"
  FROM posts
 WHERE title = 'Notes on joins' -- = title
 ORDER BY post_id;

-- step: Build one
CREATE INDEX CONCURRENTLY posts_by_title ON posts (title); -- = name "posts_by_title" = key "(title)"

-- step: Ask again
SELECT post_id, views
  FROM posts -- = index
 WHERE title = 'Notes on joins' -- = title
 ORDER BY post_id;
