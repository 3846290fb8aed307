-- step: The chain
CREATE VIEW chain AS
WITH RECURSIVE up AS (
  SELECT 0 AS distance, user_id, referred_by
    FROM users
   WHERE user_id = 'U12348'
  UNION ALL
  SELECT distance + 1, u.user_id, u.referred_by
    FROM up
    JOIN users u ON u.user_id = up.referred_by
)
SELECT distance, user_id FROM up;

SELECT * FROM chain ORDER BY distance;
