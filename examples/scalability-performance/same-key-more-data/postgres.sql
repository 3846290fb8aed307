CREATE TABLE readings (
  id int PRIMARY KEY,
  words text NOT NULL
);

-- step: Two hundred
INSERT INTO readings
SELECT n, repeat('ink ', 40)
  FROM generate_series(1, 200) AS n;
VACUUM ANALYZE readings;

SELECT length(words) FROM readings WHERE id = 111;

SELECT count(words) FROM readings;

-- step: A thousand
INSERT INTO readings
SELECT n, repeat('ink ', 40)
  FROM generate_series(201, 1000) AS n;
VACUUM ANALYZE readings;

SELECT length(words) FROM readings WHERE id = 111;

SELECT count(words) FROM readings;

-- step: Ten thousand
INSERT INTO readings
SELECT n, repeat('ink ', 40)
  FROM generate_series(1001, 10000) AS n;
VACUUM ANALYZE readings;

SELECT length(words) FROM readings WHERE id = 111;

SELECT count(words) FROM readings;

-- step: A hundred thousand
INSERT INTO readings
SELECT n, repeat('ink ', 40)
  FROM generate_series(10001, 100000) AS n;
VACUUM ANALYZE readings;

SELECT length(words) FROM readings WHERE id = 111;

SELECT count(words) FROM readings;
