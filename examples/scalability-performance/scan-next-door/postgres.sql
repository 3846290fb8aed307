-- step: Fifty units a second
SELECT title FROM posts WHERE post_id = 1;

-- step: A report over the same table
SELECT count(*), sum(length(body)) FROM posts;

SELECT title FROM posts WHERE post_id = 1;

-- step: A report over another table
SELECT count(post_id) FROM page_views;

SELECT title FROM posts WHERE post_id = 1;
