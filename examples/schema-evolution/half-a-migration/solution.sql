BEGIN;

-- step: The first two steps
CREATE TABLE user_security_settings (
  user_id text PRIMARY KEY REFERENCES users,
  two_factor_enabled boolean DEFAULT false
);
ALTER TABLE users ADD COLUMN verified_at timestamptz;

-- step: The third step
ALTER TABLE users ADD COLUMN birthday date NOT NULL;

-- step: The last step
UPDATE users SET is_active = false
 WHERE verified_at IS NULL AND user_id = 'U12347';

-- step: The end
COMMIT;
