CREATE EXTENSION pageinspect;

CREATE TABLE drafts (
  draft_id int PRIMARY KEY,
  edits int DEFAULT 0,
  body text STORAGE EXTERNAL -- not compressed
);

CREATE VIEW versions AS
SELECT lp AS place,
       CASE lp_flags
         WHEN 0 THEN 'nothing'
         WHEN 1 THEN 'a version'
         WHEN 2 THEN 'see ' || lp_off
       END AS holds,
       lp_len AS bytes, t_xmin, t_xmax, t_ctid AS next
  FROM heap_page_items(get_raw_page('drafts', 0));

-- step: Write ten thousand letters
INSERT INTO drafts (draft_id, body)
VALUES (1, repeat('x', 10000));

TABLE versions;

-- step: Change a number, three times
UPDATE drafts SET edits = edits + 1;
UPDATE drafts SET edits = edits + 1;
UPDATE drafts SET edits = edits + 1;

TABLE versions;

-- step: Clean up
VACUUM drafts;

TABLE versions;

SELECT ctid, edits, length(body) FROM drafts;
