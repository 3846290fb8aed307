CREATE TABLE counts (who text PRIMARY KEY, posts int NOT NULL);
CREATE TABLE counted (event text PRIMARY KEY);
CREATE TABLE feed (place int, event text);
INSERT INTO counts VALUES ('trigger', 0), ('feed', 0), ('memory', 0);
INSERT INTO feed VALUES
  (1, 'post-1'), (2, 'post-2'), (3, 'post-3'), (4, 'post-3');

-- step: In the transaction
CREATE FUNCTION count_post() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE counts SET posts = posts + 1
   WHERE who = 'trigger';
  RETURN NULL;
END
$$;
CREATE TRIGGER count_post AFTER INSERT ON posts
   FOR EACH ROW EXECUTE FUNCTION count_post();

INSERT INTO posts
SELECT 1000 + n, 'U12400', 'Post ' || n, '',
       '2026-01-01Z'
  FROM generate_series(1, 3) AS n;

INSERT INTO posts
VALUES (1003, 'U12400', 'Post 3', '', '2026-01-01Z')
    ON CONFLICT (post_id) DO NOTHING; -- sent again

SELECT posts FROM counts WHERE who = 'trigger';

-- step: From a feed
UPDATE counts
   SET posts = posts + (SELECT count(*) FROM feed)
 WHERE who = 'feed'
RETURNING posts;

-- step: From a feed, with a memory
WITH fresh AS (
  INSERT INTO counted
  SELECT event FROM feed ORDER BY place
      ON CONFLICT DO NOTHING
  RETURNING event
)
UPDATE counts
   SET posts = posts + (SELECT count(*) FROM fresh)
 WHERE who = 'memory'
RETURNING posts;
