-- step: Count without an index
SELECT count(*) FROM posts WHERE views >= 1500;

-- step: Count in an index
CREATE INDEX posts_by_views ON posts (views);

SELECT count(*) FROM posts WHERE views >= 1500;

-- step: Six readers more
UPDATE posts SET views = views + 1 WHERE views >= 1500;

-- step: Count again
SELECT count(*) FROM posts WHERE views >= 1500;

SELECT count(*) FROM posts WHERE views >= 1500;

-- step: Clean up
VACUUM posts;

SELECT count(*) FROM posts WHERE views >= 1500;
