-- step: By key, of 20
SELECT name
  FROM inventory
 WHERE product_id = 'P9012';

-- step: By key, of 10,000
SELECT post_id
  FROM page_views
 WHERE device_id = 'D001'
   AND at = '2024-12-29 16:00:14Z';

-- step: By something else, of 20
SELECT name
  FROM inventory
 WHERE price > 70
 ORDER BY name;

-- step: By something else, of 10,000
SELECT count(*)
  FROM page_views
 WHERE post_id = 500;
