CREATE EXTENSION vector;

CREATE TABLE notes (
  note text PRIMARY KEY,
  kind text,
  meaning vector(3)
);

INSERT INTO notes VALUES
  ('ink',   'draft', '[1, 0, 0]'),
  ('inks',  'draft', '[0.9, 0.1, 0]'),
  ('pens',  'draft', '[0.8, 0.2, 0]'),
  ('paper', 'post',  '[0.6, 0.4, 0]'),
  ('desks', 'post',  '[0, 1, 0]'),
  ('stars', 'post',  '[-1, 0, 0]');

-- step: The two nearest
SELECT note, (meaning <=> '[1, 0, 0]')::real AS far
  FROM notes
 ORDER BY far
 LIMIT 2;

-- step: The two nearest posts
SELECT note
  FROM notes
 WHERE kind = 'post'
 ORDER BY meaning <=> '[1, 0, 0]'
 LIMIT 2;

-- step: The same with an index
CREATE INDEX ON notes
 USING hnsw (meaning vector_cosine_ops);
-- Without this, PostgreSQL reads the one page there is.
SET enable_seqscan = off;
-- As with 40, its default, among many more notes.
SET hnsw.ef_search = 2;

SELECT note
  FROM notes
 WHERE kind = 'post'
 ORDER BY meaning <=> '[1, 0, 0]'
 LIMIT 2;

-- step: Look on until there are two
SET hnsw.iterative_scan = strict_order;

SELECT note
  FROM notes
 WHERE kind = 'post'
 ORDER BY meaning <=> '[1, 0, 0]'
 LIMIT 2;
