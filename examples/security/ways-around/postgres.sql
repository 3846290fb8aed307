-- step: His own posts
CREATE ROLE author;
GRANT SELECT ON posts TO author;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_posts ON posts TO author
  USING (user_id = current_setting('app.user_id', true));

SET app.user_id = 'U12345';
SET ROLE author;
SELECT count(*) FROM posts;

-- step: Somebody else's posts
SELECT count(*) FROM posts WHERE user_id = 'U12346';

-- step: All the same
RESET ROLE;
CREATE VIEW post_list AS SELECT post_id, title FROM posts;
GRANT SELECT ON post_list TO author;
SET ROLE author;
SELECT count(*) FROM post_list;

-- step: Both ways closed
RESET ROLE;
ALTER VIEW post_list SET (security_invoker = true);
SET ROLE author;
SELECT count(*) FROM post_list;
