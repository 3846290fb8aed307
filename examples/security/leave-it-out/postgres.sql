-- step: With the rule in the request
-- The application's own role, which may do everything.
UPDATE users
   SET email = 'mallory@example.com'
 WHERE user_id = 'U12345'
   AND user_id = 'U12346'; -- only your own

-- step: Without it
UPDATE users
   SET email = 'mallory@example.com'
 WHERE user_id = 'U12345';

-- step: Under a rule that stays
CREATE ROLE blog_user;
GRANT SELECT, UPDATE ON users TO blog_user;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_row ON users TO blog_user
  USING (user_id = current_setting('app.user_id', true));

SET app.user_id = 'U12346';
SET ROLE blog_user;
UPDATE users
   SET email = 'again@example.com'
 WHERE user_id = 'U12345';

-- step: Her own
UPDATE users
   SET email = 'new@example.com' -- = change
 WHERE user_id = 'U12346'; -- = change

RESET ROLE;
