-- step: An old mistake
UPDATE inventory SET stock = -1 WHERE product_id = 'P9012';

-- step: The rule for new writes
ALTER TABLE inventory
  ADD CONSTRAINT stock_not_negative CHECK (stock >= 0)
  NOT VALID;

UPDATE inventory
   SET stock = stock - 1000
 WHERE product_id = 'P9013';

-- step: Do the old rows keep it?
ALTER TABLE inventory VALIDATE CONSTRAINT stock_not_negative;

-- step: Repair and ask again
UPDATE inventory SET stock = 0 WHERE stock < 0;

ALTER TABLE inventory VALIDATE CONSTRAINT stock_not_negative;
