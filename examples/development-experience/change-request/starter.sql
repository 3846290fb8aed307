-- step: What it needs
-- An index, perhaps.

-- step: The request
SELECT views, title FROM posts
 WHERE user_id = 'U12345'
 ORDER BY views DESC LIMIT 5;
