-- step: The first order
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012' AND stock >= 1;

-- step: The second order
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012' AND stock >= 1;
