-- step: Devices of November
SELECT count(DISTINCT device_id) AS devices, count(*) AS views
  FROM page_views
 WHERE extract(month FROM at AT TIME ZONE 'UTC') = 11;
