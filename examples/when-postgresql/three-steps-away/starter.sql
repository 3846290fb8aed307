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
SELECT 'U12345/' || whom AS path
  FROM follows
 WHERE who = 'U12345';
