-- step: Read December
SELECT count(*), min(at)::date AS first, max(at)::date AS last
  FROM page_views
 WHERE at >= '2024-12-01Z' AND at < '2025-01-01Z';

-- step: Delete October, row by row
SELECT pg_relation_size('page_views_2024_10') AS bytes;

DELETE FROM page_views
 WHERE at >= '2024-10-01Z' AND at < '2024-11-01Z';

SELECT pg_relation_size('page_views_2024_10') AS bytes;

-- step: Drop November as a whole
ALTER TABLE page_views DETACH PARTITION page_views_2024_11;

SELECT count(*) FROM page_views;

DROP TABLE page_views_2024_11;
