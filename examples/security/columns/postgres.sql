-- step: The name
CREATE ROLE support;
GRANT SELECT (user_id, username) ON users TO support;
SET ROLE support;

SELECT user_id, username -- = columns
  FROM users
 WHERE user_id = 'U12345'; -- = row

-- step: The address
SELECT email
  FROM users
 WHERE user_id = 'U12345';

-- step: Everything
SELECT *
  FROM users
 WHERE user_id = 'U12345';

-- step: To look without seeing
SELECT user_id
  FROM users
 WHERE user_id = 'U12345'
   AND email LIKE 'john@%';

RESET ROLE;
