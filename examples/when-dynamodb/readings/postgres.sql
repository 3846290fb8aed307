SET timezone = 'UTC';
CREATE TABLE readings (
  device_id text,
  at timestamptz,
  celsius int NOT NULL,
  PRIMARY KEY (device_id, at)
);

-- step: The device is the key
INSERT INTO readings
SELECT 'D' || n, '2026-01-01 00:00:01Z', 20 + n % 7
  FROM generate_series(1, 60) AS n;

-- step: The last three of one device
SELECT at, post_id
  FROM page_views
 WHERE device_id = 'D338' -- = device
 ORDER BY at DESC -- = newest
 LIMIT 3; -- = three
