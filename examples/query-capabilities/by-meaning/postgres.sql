CREATE EXTENSION vector;

CREATE TABLE notes (
  note text PRIMARY KEY,
  meaning vector(3) -- about writing, keeping, money
);
INSERT INTO notes VALUES
  ('Cleaning a fountain pen',  '[0.9, 0.2, 0]'),
  ('Ink that does not fade',   '[0.8, 0.4, 0.1]'),
  ('Paper for letters',        '[0.7, 0.1, 0.2]'),
  ('Copies on two continents', '[0, 1, 0.2]'),
  ('What a gigabyte costs',    '[0, 0.4, 0.9]');

-- step: By a word
SELECT note
  FROM notes
 WHERE note ILIKE '%writ%';

-- step: By meaning
SELECT note, (meaning <=> '[1, 0.3, 0]')::numeric(4,3) AS far
  FROM notes
 ORDER BY meaning <=> '[1, 0.3, 0]'
 LIMIT 2;
