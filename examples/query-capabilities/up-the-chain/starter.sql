-- step: The chain
CREATE VIEW chain AS
SELECT 0 AS distance, user_id
  FROM users
 WHERE user_id = 'U12348'
UNION ALL
SELECT 1, referred_by
  FROM users
 WHERE user_id = 'U12348';

SELECT * FROM chain ORDER BY distance;
