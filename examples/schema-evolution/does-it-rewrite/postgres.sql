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

-- What each change did: written down, the change undone.
CREATE TABLE tried (
  n int GENERATED ALWAYS AS IDENTITY,
  change text,
  rewrites boolean,
  lock text
);
CREATE PROCEDURE try(change text)
LANGUAGE plpgsql AS $$
DECLARE
  file oid := pg_relation_filenode('shelf');
  rewrites boolean;
  lock text;
  strength text[] := ARRAY['AccessExclusiveLock',
    'ShareRowExclusiveLock', 'ShareLock',
    'ShareUpdateExclusiveLock'];
BEGIN
  BEGIN
    EXECUTE 'ALTER TABLE shelf ' || change;
    rewrites := pg_relation_filenode('shelf') <> file;
    lock := (SELECT mode
               FROM pg_locks
              WHERE relation = 'shelf'::regclass
                AND mode = ANY (strength)
              ORDER BY array_position(strength, mode)
              LIMIT 1);
    RAISE EXCEPTION 'undo';
  EXCEPTION WHEN raise_exception THEN
    NULL;
  END;
  INSERT INTO tried (change, rewrites, lock)
  VALUES (change, rewrites, lock);
END
$$;

-- step: New columns
DO $$
BEGIN
  CALL try('ADD note text');
  CALL try('ADD tier text NOT NULL DEFAULT ''free''');
  CALL try('ADD at timestamptz DEFAULT now()');
  CALL try('ADD token uuid DEFAULT gen_random_uuid()');
  CALL try('ADD twice int GENERATED '
           'ALWAYS AS (stock * 2)');
END
$$;

SELECT rewrites, lock, change FROM tried ORDER BY n;

-- step: Names and types
TRUNCATE tried;
DO $$
BEGIN
  CALL try('RENAME name TO title');
  CALL try('DROP stock');
  CALL try('ALTER name TYPE varchar(60)');
  CALL try('ALTER name TYPE text');
  CALL try('ALTER name TYPE varchar(10) '
           'USING left(name, 10)');
  CALL try('ALTER stock TYPE bigint');
END
$$;

SELECT rewrites, lock, change FROM tried ORDER BY n;

-- step: Rules
TRUNCATE tried;
DO $$
BEGIN
  CALL try('ALTER name SET NOT NULL');
  CALL try('ADD CHECK (stock >= 0)');
  CALL try('ADD CHECK (stock >= 0) NOT VALID');
  CALL try('ADD FOREIGN KEY (product_id) '
           'REFERENCES inventory');
  CALL try('VALIDATE CONSTRAINT known');
END
$$;

SELECT rewrites, lock, change FROM tried ORDER BY n;

-- step: An index
BEGIN;
CREATE INDEX ON shelf (name);
SELECT mode
  FROM pg_locks
 WHERE relation = 'shelf'::regclass AND mode LIKE '%Share%'
 ORDER BY mode DESC;
ROLLBACK;
