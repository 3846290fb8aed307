-- step: Three notes
CREATE TABLE notes (
  id int PRIMARY KEY,
  post_date date NOT NULL,
  is_draft boolean NOT NULL
);
INSERT INTO notes VALUES
  (1, '2026-01-01', true),
  (2, '2026-01-02', true),
  (3, '2026-01-03', false);
CREATE INDEX drafts ON notes (post_date) WHERE is_draft;

-- step: Publish note 2
UPDATE notes SET is_draft = false WHERE id = 2;

-- step: All notes
SELECT id FROM notes ORDER BY id;
