-- step: One item by its key
SELECT title
  FROM posts
 WHERE post_id = 1;

-- step: Items of one partition key
SELECT post_id, title
  FROM posts
 WHERE user_id = 'U12345'
   AND post_date >= '2024-12-01Z'
 ORDER BY post_id;

-- step: Query without its key
SELECT count(*)
  FROM posts
 WHERE post_date >= '2024-12-01Z';

-- step: Query a range of keys
SELECT count(*)
  FROM posts
 WHERE user_id > 'U12345';

-- step: Scan with a filter
SELECT post_id, title
  FROM posts
 WHERE views > 1990
 ORDER BY post_id;

-- step: Scan everything
SELECT count(*) FROM posts;

-- step: Nobody planned for Mondays
SELECT count(*)
  FROM orders
 WHERE amount > 150
   AND extract(isodow FROM created_at) = 1;
