-- step: The first buyer
SELECT boot_val AS allowed_by_default
  FROM pg_settings
 WHERE name = 'max_prepared_transactions';

BEGIN;
SELECT pg_try_advisory_xact_lock(9012);
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
PREPARE TRANSACTION 'first buyer';

-- step: A reader
SELECT stock FROM inventory WHERE product_id = 'P9012';

SELECT mode
  FROM pg_locks
 WHERE relation = 'inventory'::regclass AND mode LIKE 'Row%'
 ORDER BY mode;

-- step: A lock on a number
SELECT pg_try_advisory_xact_lock(9012) AS free;

-- step: The second buyer
SELECT product_id FROM inventory
 WHERE product_id = 'P9012' FOR UPDATE SKIP LOCKED;

SELECT product_id FROM inventory
 WHERE product_id = 'P9012' FOR UPDATE NOWAIT;

-- step: The first buyer is done
COMMIT PREPARED 'first buyer';

SELECT stock FROM inventory WHERE product_id = 'P9012';
