CREATE TABLE before AS
SELECT pg_relation_filenode('inventory') AS file;

-- step: Rename it
ALTER TABLE inventory RENAME COLUMN name TO title;
ALTER TABLE inventory ADD COLUMN name text;
UPDATE inventory SET name = title;

CREATE FUNCTION copy_title() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := NEW.title;
  RETURN NEW;
END
$$;
CREATE TRIGGER copy_title
BEFORE INSERT OR UPDATE ON inventory
   FOR EACH ROW EXECUTE FUNCTION copy_title();

-- step: A program of yesterday
SELECT name FROM inventory WHERE product_id = 'P9012';
