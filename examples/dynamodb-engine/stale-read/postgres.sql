-- step: Write, then read
UPDATE inventory
   SET stock = stock + 30
 WHERE product_id = 'P9012';

SELECT stock
  FROM inventory
 WHERE product_id = 'P9012';

-- step: Trust what was read
UPDATE inventory
   SET stock = 0
 WHERE product_id = 'P9012'
   AND stock = 1; -- the number from before
