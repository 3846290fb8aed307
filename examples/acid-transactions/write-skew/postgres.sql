-- step: What is not committed
BEGIN;
UPDATE users SET is_active = false WHERE user_id = 'U12345';
PREPARE TRANSACTION 'undecided';

BEGIN ISOLATION LEVEL READ UNCOMMITTED;
SHOW transaction_isolation;
SELECT is_active FROM users WHERE user_id = 'U12345';
COMMIT;

ROLLBACK PREPARED 'undecided';

-- step: Both leave, at repeatable read
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT is_active FROM users WHERE user_id = 'U12357';
UPDATE users SET is_active = false WHERE user_id = 'U12345';
PREPARE TRANSACTION 'first';

BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT is_active FROM users WHERE user_id = 'U12345';
UPDATE users SET is_active = false WHERE user_id = 'U12357';
COMMIT;
COMMIT PREPARED 'first';

SELECT user_id, is_active FROM users
 WHERE user_id IN ('U12345', 'U12357') ORDER BY user_id;

-- step: Both leave, and one is refused
UPDATE users SET is_active = true
 WHERE user_id IN ('U12345', 'U12357');

BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT is_active FROM users WHERE user_id = 'U12357';
UPDATE users SET is_active = false WHERE user_id = 'U12345';
PREPARE TRANSACTION 'first';

BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT is_active FROM users WHERE user_id = 'U12345';
UPDATE users SET is_active = false WHERE user_id = 'U12357';
COMMIT;
COMMIT PREPARED 'first';
