-- step: The first leaves
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT is_active FROM users WHERE user_id = 'U12357';
UPDATE users SET is_active = false WHERE user_id = 'U12345';
-- Put aside, so that one session can play the second.
PREPARE TRANSACTION 'first';

-- step: The second leaves
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT is_active FROM users WHERE user_id = 'U12345';
UPDATE users SET is_active = false WHERE user_id = 'U12357';

-- step: The second commits
COMMIT;

-- step: The first commits
COMMIT PREPARED 'first';

-- step: Put it right
UPDATE users SET is_active = true
 WHERE user_id = 'U12357'
   AND NOT EXISTS (
     SELECT FROM users
      WHERE user_id IN ('U12345', 'U12357') AND is_active);
