-- step: 1: a rule
ALTER TABLE inventory
  ADD CONSTRAINT stock_not_negative CHECK (stock >= 0);

UPDATE inventory
   SET stock = stock - 2
 WHERE product_id = 'P9012';

-- step: 2: one statement
WITH taken AS (
  UPDATE inventory
     SET stock = stock - 1
   WHERE product_id = 'P9012'
     AND stock >= 1
  RETURNING price
)
INSERT INTO orders (order_id, customer_id, amount, status)
SELECT 'O1234', 'C5678', price, 'Pending' FROM taken;

-- the same again: nothing taken, nothing inserted
WITH taken AS (
  UPDATE inventory
     SET stock = stock - 1
   WHERE product_id = 'P9012'
     AND stock >= 1
  RETURNING price
)
INSERT INTO orders (order_id, customer_id, amount, status)
SELECT 'O1235', 'C5678', price, 'Pending' FROM taken;

-- step: 3: a program
CREATE PROCEDURE place_order(wanted text, buyer text)
LANGUAGE plpgsql AS $$
DECLARE
  cost numeric;
BEGIN
  UPDATE inventory
     SET stock = stock - 1
   WHERE product_id = 'P9012'
     AND stock >= 1
  RETURNING price INTO cost;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Insufficient stock for product P9012';
  END IF;
  INSERT INTO orders (order_id, customer_id, amount, status)
  VALUES (wanted, buyer, cost, 'Pending');
END
$$;

CALL place_order('O1236', 'C5678');
