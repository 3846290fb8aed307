-- step: The chain
CREATE VIEW chain AS
SELECT way.distance, way.user_id
  FROM users a
  LEFT JOIN users b ON b.user_id = a.referred_by
  LEFT JOIN users c ON c.user_id = b.referred_by
  LEFT JOIN users d ON d.user_id = c.referred_by
 CROSS JOIN LATERAL (VALUES
         (0, a.user_id),
         (1, b.user_id),
         (2, c.user_id),
         (3, d.user_id)) AS way (distance, user_id)
 WHERE a.user_id = 'U12348'
   AND way.user_id IS NOT NULL;

SELECT * FROM chain ORDER BY distance;
