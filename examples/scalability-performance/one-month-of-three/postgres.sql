CREATE TABLE all_views AS SELECT * FROM page_views;
VACUUM ANALYZE all_views;

-- step: One table for all months
SELECT count(*)
  FROM all_views
 WHERE at >= '2024-11-11Z' AND at < '2024-11-12Z';

-- step: One day of everybody
SELECT count(*)
  FROM page_views
 WHERE at >= '2024-11-11Z' AND at < '2024-11-12Z';

-- step: One day of one device
SELECT count(*)
  FROM page_views
 WHERE device_id = 'D447'
   AND at >= '2024-11-11Z' AND at < '2024-11-12Z';

-- step: A question without a date
SELECT count(*) FROM page_views WHERE device_id = 'D447';
