CREATE TABLE follows (
  who text REFERENCES users,
  whom text REFERENCES users,
  PRIMARY KEY (who, whom)
);
INSERT INTO follows VALUES
  ('U12345', 'U12346'), ('U12346', 'U12347'),
  ('U12347', 'U12345'), ('U12347', 'U12348'),
  ('U12346', 'U12349'), ('U12349', 'U12350'),
  ('U12350', 'U12351'), ('U12351', 'U12346');

-- step: Three steps away
WITH RECURSIVE walk (whom, steps, path) AS (
  SELECT 'U12345', 0, ARRAY['U12345']
  UNION ALL
  SELECT f.whom, w.steps + 1, w.path || f.whom
    FROM walk AS w
    JOIN follows AS f ON f.who = w.whom
   WHERE w.steps < 3
     AND f.whom <> ALL (w.path)
)
SELECT array_to_string(path, '/') AS path
  FROM walk
 WHERE steps = 3
 ORDER BY path;
