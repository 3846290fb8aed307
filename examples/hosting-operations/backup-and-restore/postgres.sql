-- step: Back up
CREATE SCHEMA inventory_copy;

CREATE TABLE inventory_copy.inventory AS TABLE inventory;

-- step: The wrong price
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';

UPDATE inventory SET price = 0; -- all of them

-- step: Restore
\d inventory

\d inventory_copy.inventory

-- step: Repair
UPDATE inventory AS i
   SET price = c.price
  FROM inventory_copy.inventory AS c
 WHERE c.product_id = i.product_id;

SELECT price, stock
  FROM inventory
 WHERE product_id = 'P9012';

-- step: The table is gone
DROP TABLE inventory CASCADE;

SELECT count(*) AS rows_left
  FROM inventory_copy.inventory;
