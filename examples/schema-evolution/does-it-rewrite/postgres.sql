CREATE TABLE shelf (
  product_id text PRIMARY KEY,
  name varchar(30),
  stock int
);
INSERT INTO shelf
SELECT product_id, left(name, 30), stock FROM inventory;
ALTER TABLE shelf
  ADD CONSTRAINT known FOREIGN KEY (product_id)
    REFERENCES inventory NOT VALID;

-- Makes a change, looks, and undoes it.
CREATE FUNCTION try(change text,
                    OUT rewrites boolean, OUT lock text)
LANGUAGE plpgsql AS $$
DECLARE
  file oid := pg_relation_filenode('shelf');
  strength text[] := ARRAY['AccessExclusiveLock',
    'ShareRowExclusiveLock', 'ShareLock',
    'ShareUpdateExclusiveLock'];
BEGIN
  EXECUTE change;
  rewrites := pg_relation_filenode('shelf') <> file;
  SELECT mode INTO lock
    FROM pg_locks
   WHERE relation = 'shelf'::regclass
     AND mode = ANY (strength)
   ORDER BY array_position(strength, mode)
   LIMIT 1;
  RAISE EXCEPTION 'undo';
EXCEPTION WHEN raise_exception THEN
  NULL;
END
$$;

-- step: New columns
SELECT change, rewrites, lock
  FROM unnest(ARRAY[
         'ADD note text',
         'ADD tier text NOT NULL DEFAULT ''free''',
         'ADD at timestamptz DEFAULT now()',
         'ADD token uuid DEFAULT gen_random_uuid()',
         'ADD twice int GENERATED ALWAYS AS (stock * 2) VIRTUAL'
       ]) WITH ORDINALITY AS c (change, n),
       try('ALTER TABLE shelf ' || change)
 ORDER BY n;

-- step: Names and types
SELECT change, rewrites, lock
  FROM unnest(ARRAY[
         'RENAME name TO title',
         'DROP stock',
         'ALTER name TYPE varchar(60)',
         'ALTER name TYPE text',
         'ALTER name TYPE varchar(10) USING left(name, 10)',
         'ALTER stock TYPE bigint'
       ]) WITH ORDINALITY AS c (change, n),
       try('ALTER TABLE shelf ' || change)
 ORDER BY n;

-- step: Rules
SELECT change, rewrites, lock
  FROM unnest(ARRAY[
         'ALTER name SET NOT NULL',
         'ADD CHECK (stock >= 0)',
         'ADD CHECK (stock >= 0) NOT VALID',
         'ADD FOREIGN KEY (product_id) REFERENCES inventory',
         'VALIDATE CONSTRAINT known'
       ]) WITH ORDINALITY AS c (change, n),
       try('ALTER TABLE shelf ' || change)
 ORDER BY n;

-- step: An index
SELECT rewrites, lock
  FROM try('CREATE INDEX ON shelf (name)');
