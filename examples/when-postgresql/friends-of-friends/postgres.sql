CREATE TABLE follows (
  who text REFERENCES users,
  whom text REFERENCES users,
  PRIMARY KEY (who, whom)
);
INSERT INTO follows
SELECT 'U' || 12345 + n, 'U' || 12345 + (n * 3 + k) % 40
  FROM generate_series(0, 39) AS n,
       generate_series(1, 3) AS k
 WHERE n <> (n * 3 + k) % 40;

-- step: Up to three steps away
WITH RECURSIVE reach (whom, steps) AS (
  SELECT whom, 1
    FROM follows
   WHERE who = 'U12345'
  UNION
  SELECT f.whom, r.steps + 1
    FROM reach AS r
    JOIN follows AS f ON f.who = r.whom
   WHERE r.steps < 3
)
SELECT steps, count(*) AS people
  FROM (SELECT whom, min(steps) AS steps
          FROM reach GROUP BY whom) AS nearest
 GROUP BY steps
 ORDER BY steps;

-- step: The shortest way back
WITH RECURSIVE walk (whom, steps) AS (
  SELECT 'U12346', 0
  UNION ALL
  SELECT f.whom, w.steps + 1
    FROM walk AS w
    JOIN follows AS f ON f.who = w.whom
   WHERE w.steps < 5
) CYCLE whom SET is_cycle USING path
SELECT steps, path
  FROM walk
 WHERE is_cycle AND whom = 'U12346'
 ORDER BY steps, path
 LIMIT 1;

-- step: The standard's own graphs
CREATE PROPERTY GRAPH people
  VERTEX TABLES (users)
  EDGE TABLES (follows SOURCE users DESTINATION users);
