-- step: Devices of November
SELECT count(DISTINCT device_id) AS devices, count(*) AS views
  FROM page_views
 WHERE at >= '2024-11-01Z'
   AND at < '2024-12-01Z';
