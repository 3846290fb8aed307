-- step: Rename it
CREATE TEMP TABLE before AS
SELECT pg_relation_filenode('inventory') AS file;

ALTER TABLE inventory RENAME COLUMN name TO title; -- = whole "ALTER TABLE inventory" = rename "RENAME COLUMN name TO title"

SELECT pg_relation_filenode('inventory') = file AS same_file
  FROM before;

-- step: A program of yesterday
SELECT name FROM inventory WHERE product_id = 'P9012'; -- = name "SELECT name" = table "FROM inventory" = key "WHERE product_id = 'P9012'"

-- step: Another type
ALTER TABLE inventory ALTER COLUMN stock TYPE bigint;

SELECT pg_relation_filenode('inventory') = file AS same_file
  FROM before;
