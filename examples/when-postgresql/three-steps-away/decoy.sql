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
CREATE TEMP TABLE walk AS
SELECT whom, ARRAY[who, whom] AS path
  FROM follows
 WHERE who = 'U12345';

CREATE TEMP TABLE walk_2 AS
SELECT f.whom, w.path || f.whom AS path
  FROM walk AS w
  JOIN follows AS f ON f.who = w.whom
 WHERE f.whom <> ALL (w.path);

SELECT array_to_string(w.path || f.whom, '/') AS path
  FROM walk_2 AS w
  JOIN follows AS f ON f.who = w.whom
 WHERE f.whom <> ALL (w.path)
 ORDER BY 1;
