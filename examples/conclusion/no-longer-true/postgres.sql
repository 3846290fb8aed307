-- step: “At most 25 items in a transaction”
BEGIN;
INSERT INTO tags
SELECT 100 + n, 'tag ' || n FROM generate_series(1, 40) AS n;
COMMIT;

-- step: “Condition expressions for row-level security”
CREATE TABLE drafts (
  draft_id int PRIMARY KEY,
  owner text NOT NULL,
  body text NOT NULL
);
INSERT INTO drafts VALUES (1, 'U12345', 'My own words');

ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON drafts
  USING (owner = current_setting('shop.writer'));

CREATE ROLE writer;
GRANT SELECT, UPDATE ON drafts TO writer;
SET ROLE writer;
SET shop.writer = 'U12346';

UPDATE drafts SET body = 'Mine now'; -- no condition

RESET ROLE;
SELECT owner, body FROM drafts;
