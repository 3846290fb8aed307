-- step: Put the lockers on the map
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE lockers (
  locker int PRIMARY KEY,
  location geography(Point, 4326) NOT NULL
);
INSERT INTO lockers
SELECT n, ST_MakePoint(-0.12 + n * 37 % 100 * 0.0024,
                       51.4 + n * 61 % 100 * 0.0016)
  FROM generate_series(1, 100) n;
CREATE INDEX lockers_location
  ON lockers USING gist (location);
ANALYZE lockers;
SELECT ST_MakePoint(0.001, 51.462)::geography AS here
\gset

-- step: Look in your own cell
SELECT locker, round(ST_Distance(location, :'here')) AS metres
  FROM lockers
 WHERE ST_GeoHash(location::geometry, 5)
       = ST_GeoHash(:'here'::geometry, 5)
 ORDER BY metres
 LIMIT 3;

-- step: Look for the nearest three
SELECT locker, round(ST_Distance(location, :'here')) AS metres,
       ST_GeoHash(location::geometry, 5) AS cell
  FROM lockers
 ORDER BY location <-> :'here'
 LIMIT 3;

-- step: Measure in degrees
SELECT locker, round(ST_Distance(location, :'here')) AS metres
  FROM lockers
 ORDER BY location::geometry <-> :'here'::geometry
 LIMIT 3;
