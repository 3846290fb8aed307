-- step: Read the first page
BEGIN;

DECLARE list CURSOR FOR -- = page
 SELECT post_id, title, views
   FROM posts
  WHERE user_id = 'U12345'
  ORDER BY post_id;

FETCH 1 FROM list; -- = page

SELECT ctid, views FROM posts WHERE post_id = 3;

-- step: Somebody writes
-- Here the same session writes; it could as well be another.
UPDATE posts SET views = 0 WHERE post_id = 3;

-- step: Read the second page
FETCH 1 FROM list; -- = next

SELECT ctid, views FROM posts WHERE post_id = 3;

COMMIT;

-- step: The first of two writers
ALTER TABLE inventory ADD COLUMN version int DEFAULT 1;

UPDATE inventory
   SET price = 9.50, version = version + 1 -- = set
 WHERE product_id = 'P9001'
   AND version = 1; -- both writers have read version 1 -- = version "AND version = 1"

-- step: The second of two writers
UPDATE inventory
   SET price = 7.90, version = version + 1
 WHERE product_id = 'P9001'
   AND version = 1;
