-- step: Revenue by month, with totals
SELECT COALESCE(to_char(created_at AT TIME ZONE 'UTC',
                        'YYYY-MM'), 'all') AS month,
       COALESCE(status, 'all') AS status,
       sum(amount) AS revenue
  FROM orders
 WHERE created_at >= '2024-11-01Z'
   AND status IN ('Delivered', 'Shipped')
 GROUP BY ROLLUP (
   to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM'), status
 )
 ORDER BY GROUPING(status), month, status;

-- step: The three best customers, and their share
SELECT customer_id,
       sum(amount) AS revenue,
       rank() OVER (ORDER BY sum(amount) DESC) AS place,
       round(100 * sum(amount) / sum(sum(amount)) OVER (), 1)
         AS per_cent
  FROM orders
 GROUP BY customer_id
 ORDER BY place
 LIMIT 3;
