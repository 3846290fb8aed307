CREATE TABLE before AS
SELECT pg_relation_filenode('users') AS file;

-- step: A token for each
ALTER TABLE users
  ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
