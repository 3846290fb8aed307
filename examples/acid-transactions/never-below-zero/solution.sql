ALTER TABLE inventory ADD CHECK (stock >= 0);

-- step: The first order
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';

-- step: The second order
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
