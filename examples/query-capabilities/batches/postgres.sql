-- step: Two tables
CREATE TABLE clicks (
  device int PRIMARY KEY,
  clicks int NOT NULL CHECK (clicks > 0)
);

-- step: Twenty-six at once
INSERT INTO clicks
SELECT n, 1 FROM generate_series(1, 26) AS n;

-- step: Twenty-five
INSERT INTO clicks
SELECT n, 1 FROM generate_series(101, 125) AS n;

-- step: The same as a transaction
INSERT INTO clicks
SELECT n, 208 - n FROM generate_series(201, 208) AS n;
SELECT count(*) FROM clicks WHERE device > 200;
