-- step: One link
SELECT guest.username AS guest, host.username AS host
  FROM users guest
  LEFT JOIN users host ON host.user_id = guest.referred_by
 WHERE guest.user_id = 'U12348';

-- step: The whole chain
WITH RECURSIVE chain AS (
  SELECT 1 AS depth, user_id, referred_by, user_id AS path
    FROM users
   WHERE user_id = 'U12348'
  UNION ALL
  SELECT depth + 1, u.user_id, u.referred_by,
         path || ' < ' || u.user_id
    FROM chain
    JOIN users u ON u.user_id = chain.referred_by
)
SELECT depth, user_id, path
  FROM chain
 ORDER BY depth;

-- step: All who came by U12345
WITH RECURSIVE tree AS (
  SELECT 0 AS level, 'U12345' AS user_id
  UNION ALL
  SELECT level + 1, u.user_id
    FROM tree
    JOIN users u ON u.referred_by = tree.user_id
)
SELECT level, count(*) AS users
  FROM tree
 GROUP BY level
 ORDER BY level;

-- step: Rank and running total
SELECT rank() OVER (ORDER BY order_count DESC),
       customer_id,
       order_count,
       sum(order_count) OVER (
         ORDER BY order_count DESC, customer_id
       ) AS running
  FROM customers
 WHERE order_count >= 5
 ORDER BY order_count DESC, customer_id;
