-- step: As the guide spells it
CREATE EXTENSION pgvector;

-- step: By its own name
CREATE EXTENSION vector;

CREATE TABLE notes (note text PRIMARY KEY, place vector(2));
INSERT INTO notes VALUES
  ('ink', '[1, 0]'), ('pens', '[0.8, 0.2]'),
  ('paper', '[0.6, 0.4]'), ('stars', '[-1, 0]');
CREATE INDEX notes_place ON notes
 USING hnsw (place vector_l2_ops);

-- step: The nearest note
-- One page of notes: without this it would be read whole.
SET enable_seqscan = off;

SELECT note FROM notes
 ORDER BY place <-> '[0.75, 0.25]'
 LIMIT 1;
