-- step: Count exactly
SELECT count(*) AS views, count(DISTINCT device_id) AS devices
  FROM page_views;

-- step: Add up the parts
SELECT sum(devices) AS "sum of months"
  FROM (SELECT count(DISTINCT device_id) AS devices
          FROM page_views
         GROUP BY date_trunc('month', at, 'UTC')) AS monthly;

-- step: Fetch the extension
CREATE EXTENSION hll;

-- step: Sketch each month
CREATE TABLE sketch AS
SELECT date_trunc('month', at, 'UTC') AS month,
       hash & 63 AS register,
       max(position(B'1' IN (hash >> 10)::bit(54))) AS rank
  FROM (SELECT at, hashtextextended(device_id, 0) AS hash
          FROM page_views) AS hashed
 GROUP BY month, register;

SELECT count(*) AS numbers FROM sketch;

-- step: Merge the months
WITH merged AS (
  SELECT register, max(rank) AS rank
    FROM sketch GROUP BY register
)
SELECT count(*) AS numbers,
       round(0.709 * 64 * 64 / sum(2.0 ^ -rank)) AS devices
  FROM merged;
