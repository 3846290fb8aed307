-- step: The guide's two objects
ALTER TABLE users
  ADD COLUMN phone_number VARCHAR(20),
  ADD COLUMN verification_status VARCHAR(20),
  ADD COLUMN last_seen date;

UPDATE users
   SET phone_number = '+1234567890',
       verification_status = 'Verified'
 WHERE user_id = 'U12345';

-- step: Another program adds something
UPDATE users -- = write
   SET last_seen = '2025-01-01' -- = write
 WHERE user_id = 'U12345'; -- = write

-- step: Write back all of it
UPDATE users
   SET username = 'johndoe', -- = item
       email = 'john@example.com', -- = item
       phone_number = '+1234567890', -- = item
       verification_status = 'Lapsed', -- = status = item
       last_seen = NULL -- as it was when this program read it -- = item
 WHERE user_id = 'U12345'
RETURNING last_seen, verification_status;

-- step: Change only what is new
UPDATE users -- = seen
   SET last_seen = '2025-01-01' -- = seen
 WHERE user_id = 'U12346'; -- = seen

UPDATE users -- = phone
   SET phone_number = '+1234567890' -- = phone
 WHERE user_id = 'U12346' -- = phone
RETURNING last_seen, phone_number;
