CREATE TABLE notes_0 (
  id int PRIMARY KEY, author text, topic text, day date,
  likes int NOT NULL DEFAULT 0, words text
) WITH (fillfactor = 50);
CREATE TABLE notes_1 (LIKE notes_0 INCLUDING ALL);
CREATE TABLE notes_3 (LIKE notes_0 INCLUDING ALL)
  WITH (fillfactor = 50);
CREATE INDEX ON notes_1 (author);
CREATE INDEX ON notes_3 (author);
CREATE INDEX ON notes_3 (topic);
CREATE INDEX ON notes_3 (day);

-- step: No index
INSERT INTO notes_0
SELECT n, 'U' || 12345 + n % 200, 'T' || n % 40,
       date '2025-01-01' + n % 365, 0, repeat('ink ', 200)
  FROM generate_series(1, 1000) AS n;

-- step: One index
INSERT INTO notes_1
SELECT n, 'U' || 12345 + n % 200, 'T' || n % 40,
       date '2025-01-01' + n % 365, 0, repeat('ink ', 200)
  FROM generate_series(1, 1000) AS n;

-- step: Three indexes
INSERT INTO notes_3
SELECT n, 'U' || 12345 + n % 200, 'T' || n % 40,
       date '2025-01-01' + n % 365, 0, repeat('ink ', 200)
  FROM generate_series(1, 1000) AS n;

-- step: Change what no index is for
UPDATE notes_3 SET likes = likes + 1;

-- step: Change what an index is for
UPDATE notes_3 SET topic = 'Nibs';
