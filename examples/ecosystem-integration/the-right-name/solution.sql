-- step: Look on the shelf
CREATE EXTENSION vector;

-- step: Keep the notes
CREATE TABLE notes (
  note int PRIMARY KEY,
  place vector(2)
);
INSERT INTO notes
SELECT n, format('[%s,%s]', n % 100, n / 100)::vector
  FROM generate_series(0, 1999) AS n;
CREATE INDEX ON notes USING hnsw (place vector_l2_ops);
ANALYZE notes;

-- step: The nearest three
SELECT note
  FROM notes
 ORDER BY place <-> '[37.2, 11.1]'
 LIMIT 3;
