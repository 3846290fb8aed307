-- Another transaction holds the row, and is put aside.
BEGIN;
SELECT stock FROM inventory
 WHERE product_id = 'P9012' FOR UPDATE;
PREPARE TRANSACTION 'somebody';

-- step: A plain write
-- This one would wait; NOWAIT asks to be told instead.
SELECT stock FROM inventory
 WHERE product_id = 'P9012' FOR UPDATE NOWAIT;

-- step: A plain read
SELECT stock FROM inventory WHERE product_id = 'P9012';

-- step: Try until it works
COMMIT PREPARED 'somebody';

UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
