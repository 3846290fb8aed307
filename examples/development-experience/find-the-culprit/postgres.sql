-- step: The four calls of one page
SELECT username FROM users WHERE user_id = 'U12345';

SELECT title FROM posts WHERE user_id = 'U12345'
 ORDER BY post_date DESC LIMIT 5;

SELECT title FROM posts
 WHERE user_id = 'U12345' AND views >= 500
 ORDER BY post_id;

SELECT count(*) FROM orders WHERE status = 'Pending';

-- step: What a plan says
EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF, TIMING OFF,
         SUMMARY OFF, FORMAT JSON)
SELECT title FROM posts WHERE user_id = 'U12345';

-- step: Ask it otherwise
CREATE INDEX ON posts (user_id, post_date);

SELECT title FROM posts WHERE user_id = 'U12345'
 ORDER BY post_date DESC LIMIT 5;
