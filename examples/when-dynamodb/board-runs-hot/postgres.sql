CREATE TABLE scores (
  player text PRIMARY KEY,
  score int NOT NULL
);
CREATE INDEX ON scores (score);

-- step: Forty players on one board
INSERT INTO scores
SELECT 'P' || n, n * 37 % 100
  FROM generate_series(1, 40) AS n;

-- step: Forty more on eight boards
INSERT INTO scores
SELECT 'P' || n, n * 37 % 100
  FROM generate_series(41, 80) AS n;

-- step: The three best of the eight
SELECT player, score
  FROM scores
 WHERE substr(player, 2)::int > 40
 ORDER BY score DESC
 LIMIT 3;
