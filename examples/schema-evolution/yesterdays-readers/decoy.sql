CREATE TABLE before AS
SELECT pg_relation_filenode('inventory') AS file;

-- step: Rename it
ALTER TABLE inventory RENAME COLUMN name TO title;
ALTER TABLE inventory ADD COLUMN name text;
UPDATE inventory SET name = title;

-- step: A program of yesterday
SELECT name FROM inventory WHERE product_id = 'P9012';
