-- step: Read U12348
SELECT username, email
  FROM users
 WHERE user_id = 'U12348';
