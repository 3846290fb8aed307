-- step: A local and a global index
CREATE TABLE replies (
  post_id int REFERENCES posts,
  reply text,
  at timestamptz NOT NULL,
  by_user text REFERENCES users,
  PRIMARY KEY (post_id, reply)
);
CREATE INDEX replies_by_date ON replies (post_id, at);
CREATE INDEX replies_by_user ON replies USING hash (by_user);
CREATE INDEX replies_by_time ON replies USING brin (at);

INSERT INTO replies VALUES
  (1, 'R1', '2025-01-02 00:00Z', 'U12346'),
  (1, 'R2', '2025-01-01 00:00Z', 'U12346');

-- step: Which kinds there are
SELECT string_agg(amname, ', ' ORDER BY amname) AS kinds
  FROM pg_am
 WHERE amtype = 'i';

-- step: A kind more
CREATE EXTENSION vector;

CREATE TABLE notes (note text PRIMARY KEY, meaning vector(2));
INSERT INTO notes VALUES
  ('ink', '[1, 0]'),
  ('pens', '[0.8, 0.2]'),
  ('stars', '[-1, 0.1]');
CREATE INDEX notes_by_meaning
    ON notes USING hnsw (meaning vector_cosine_ops);

SELECT string_agg(amname, ', ' ORDER BY amname) AS kinds
  FROM pg_am
 WHERE amtype = 'i';

SELECT note
  FROM notes
 ORDER BY meaning <=> '[0.9, 0.1]'
 LIMIT 2;
