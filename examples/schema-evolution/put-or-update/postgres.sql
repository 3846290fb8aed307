-- step: Another program adds something
ALTER TABLE users
  ADD COLUMN phone_number VARCHAR(20),
  ADD COLUMN last_seen date;

UPDATE users
   SET last_seen = '2025-01-01'
 WHERE user_id = 'U12345';

-- step: Write back all of it
UPDATE users
   SET username = 'johndoe',
       email = 'john@example.com',
       phone_number = '+1234567890',
       last_seen = NULL -- as it was when this program read it
 WHERE user_id = 'U12345'
RETURNING last_seen, phone_number;

-- step: Change only what is new
UPDATE users
   SET last_seen = '2025-01-01'
 WHERE user_id = 'U12346';

UPDATE users
   SET phone_number = '+1234567890'
 WHERE user_id = 'U12346'
RETURNING last_seen, phone_number;
