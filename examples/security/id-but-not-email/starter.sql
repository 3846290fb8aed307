-- step: What the role may read
CREATE ROLE report;
GRANT SELECT ON users TO report;
REVOKE SELECT (email) ON users FROM report;

-- step: The report
SET ROLE report;
SELECT user_id, username
  FROM users
 ORDER BY user_id
 LIMIT 3;
RESET ROLE;
