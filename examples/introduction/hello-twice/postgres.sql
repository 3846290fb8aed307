-- step: Read one user
SELECT user_id, username, email, signup_date -- = columns "user_id, username, email, signup_date"
  FROM users -- = table
 WHERE user_id = 'U12345'; -- = key
