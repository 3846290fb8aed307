-- step: What the role may read
CREATE ROLE report;
GRANT SELECT (user_id, username, signup_date, attributes)
   ON users TO report;

-- step: The report
SET ROLE report;
SELECT user_id, username
  FROM users
 ORDER BY user_id
 LIMIT 3;
RESET ROLE;
