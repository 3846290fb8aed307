-- step: What it needs
CREATE INDEX ON posts (user_id, views DESC);

-- step: The request
SELECT views, title FROM posts
 WHERE user_id = 'U12345'
 ORDER BY views DESC LIMIT 5;
