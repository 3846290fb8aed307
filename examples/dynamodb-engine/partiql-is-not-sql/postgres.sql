-- step: Ask by key
SELECT title
  FROM posts
 WHERE user_id = 'U12345'
   AND post_date >= '2024-12-01Z';

-- step: Ask without it
SELECT title
  FROM posts
 WHERE views >= 1500;

-- step: Name the index
CREATE INDEX posts_by_views ON posts (views);

SELECT title
  FROM posts
 WHERE views >= 1500;

-- step: Join
SELECT u.username, p.title
  FROM users u
  JOIN posts p ON p.user_id = u.user_id
 WHERE u.user_id = 'U12345'
   AND p.post_date >= '2024-12-01Z';
