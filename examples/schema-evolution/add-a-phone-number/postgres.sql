-- step: Write the new attribute
UPDATE users
   SET phone_number = '+1234567890' -- = write
 WHERE user_id = 'U12345';

-- step: Tell the table first
CREATE TEMP TABLE before AS
SELECT pg_relation_filenode('users') AS file;

ALTER TABLE users ADD COLUMN phone_number VARCHAR(20);

UPDATE users
   SET phone_number = '+1234567890'
 WHERE user_id = 'U12345';

-- step: Count the old ones
SELECT count(phone_number) AS with,
       count(*) - count(phone_number) AS without -- = without "count(*) - count(phone_number)"
  FROM users;

-- step: Make it a duty
ALTER TABLE users ADD COLUMN tier text NOT NULL;

-- step: With a value for those who are there
ALTER TABLE users ADD COLUMN tier text NOT NULL DEFAULT 'free';

SELECT tier, count(*) FROM users GROUP BY tier;

SELECT pg_relation_filenode('users') = file AS same_file
  FROM before;
