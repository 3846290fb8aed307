CREATE INDEX posts_by_author ON posts (user_id, post_date);

-- step: Page one
SELECT post_date
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date DESC
 LIMIT 10;

-- step: Page six, by its number
SELECT post_date
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date DESC
 LIMIT 10 OFFSET 50;

-- step: Page six, by its place
SELECT post_date
  FROM posts
 WHERE user_id = 'U12345'
   AND post_date < '2024-03-29 20:29:00Z'
 ORDER BY post_date DESC
 LIMIT 10;

-- step: Page two, after a new post
INSERT INTO posts VALUES
  (1001, 'U12345', 'A new year of keys', 'Short.',
   '2025-01-02 09:00Z', 0);

SELECT post_date AS by_number
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date DESC
 LIMIT 1 OFFSET 10;

SELECT post_date AS by_place
  FROM posts
 WHERE user_id = 'U12345'
   AND post_date < '2024-10-26 00:05:03Z'
 ORDER BY post_date DESC
 LIMIT 1;
