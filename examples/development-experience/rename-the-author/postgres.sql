-- step: A page of posts with its author
SELECT title, username
  FROM posts JOIN users USING (user_id)
 WHERE user_id = 'U12345'
 ORDER BY post_date LIMIT 2;

-- step: Rename him
UPDATE users SET username = 'jd' WHERE user_id = 'U12345';

-- step: What a reader sees meanwhile
SELECT username, count(*)
  FROM posts JOIN users USING (user_id)
 WHERE user_id = 'U12345'
 GROUP BY username;
