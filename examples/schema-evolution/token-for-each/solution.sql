CREATE TABLE before AS
SELECT pg_relation_filenode('users') AS file;

-- step: A token for each
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users
  ALTER COLUMN token SET DEFAULT gen_random_uuid();
UPDATE users SET token = gen_random_uuid() WHERE token IS NULL;
ALTER TABLE users ALTER COLUMN token SET NOT NULL;
