-- step: Read one user
SELECT user_id, username, email, signup_date
  FROM users
 WHERE user_id = 'U12345';
