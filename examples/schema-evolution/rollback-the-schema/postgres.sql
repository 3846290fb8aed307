-- step: Begin the change
BEGIN;

CREATE TABLE user_security_settings (
  user_id VARCHAR(10) PRIMARY KEY REFERENCES users(user_id),
  two_factor_enabled BOOLEAN DEFAULT FALSE
);

INSERT INTO user_security_settings VALUES ('U12345', true);

ALTER TABLE users ADD COLUMN verification_status VARCHAR(20);

SELECT to_regclass('user_security_settings') AS new_table,
       count(*) AS columns_of_users
  FROM pg_attribute
 WHERE attrelid = 'users'::regclass
   AND attnum > 0 AND NOT attisdropped;

-- step: It goes wrong
ALTER TABLE users ADD COLUMN birthday date NOT NULL;

-- step: What is left
COMMIT;

SELECT to_regclass('user_security_settings') AS new_table,
       count(*) AS columns_of_users
  FROM pg_attribute
 WHERE attrelid = 'users'::regclass
   AND attnum > 0 AND NOT attisdropped;
