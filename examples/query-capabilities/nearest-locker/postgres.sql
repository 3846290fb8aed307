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
 WHERE ST_GeoHash(location::geometry, 5) -- = cell
       = ST_GeoHash(:'here'::geometry, 5) -- = cell
 ORDER BY metres -- = nearest
 LIMIT 3; -- = nearest

-- step: Look for the nearest three
SELECT locker, round(ST_Distance(location, :'here')) AS metres,
       ST_GeoHash(location::geometry, 5) AS cell
  FROM lockers -- = search "FROM lockers"
 ORDER BY location <-> :'here' -- = nearest
 LIMIT 3; -- = nearest

-- step: Measure in degrees
SELECT locker, round(ST_Distance(location, :'here')) AS metres
  FROM lockers
 ORDER BY location::geometry <-> :'here'::geometry
 LIMIT 3;
