-- step: Who is it?
CREATE ROLE app_server LOGIN PASSWORD 'correct horse';
SELECT current_setting('password_encryption') AS kind,
       left(rolpassword, 18) AS kept_as
  FROM pg_authid
 WHERE rolname = 'app_server';

-- step: An older way
SET password_encryption = 'md5';
CREATE ROLE old_server LOGIN PASSWORD 'correct horse';

-- step: From where?
-- Add auth_method: what does this page ask of a caller?
SELECT type, database, user_name
  FROM pg_hba_file_rules
 ORDER BY line_number
 LIMIT 1;
