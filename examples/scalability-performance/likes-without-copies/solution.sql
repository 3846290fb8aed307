-- step: Ten notes
CREATE TABLE notes (
  id int PRIMARY KEY,
  author text NOT NULL,
  title text NOT NULL,
  likes int NOT NULL DEFAULT 0
);
CREATE INDEX notes_by_author ON notes (author) INCLUDE (title);
INSERT INTO notes
SELECT n, 'U12345', 'Note ' || n, 0
  FROM generate_series(0, 9) AS n;
VACUUM ANALYZE notes;

-- step: Somebody likes all of them
UPDATE notes SET likes = likes + 1;

-- step: List their titles
SET enable_seqscan = off; -- ten rows would be read as they lie

SELECT title FROM notes WHERE author = 'U12345' ORDER BY title;
