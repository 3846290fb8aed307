-- step: Sell 20 here
UPDATE inventory
   SET stock = stock - 20
 WHERE product_id = 'P9001'
   AND stock >= 20
RETURNING stock;

-- step: Sell 5 there
UPDATE inventory
   SET stock = stock - 5
 WHERE product_id = 'P9001'
   AND stock >= 5
RETURNING stock;

-- step: Two seconds later
SELECT stock
  FROM inventory
 WHERE product_id = 'P9001';
