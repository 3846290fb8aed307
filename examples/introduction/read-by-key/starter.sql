-- step: Read U12348
SELECT *
  FROM users
 WHERE user_id = 'U12345';
