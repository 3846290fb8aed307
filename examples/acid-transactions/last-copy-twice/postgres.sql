CREATE PROCEDURE place_order(wanted text, buyer text)
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inventory
     SET stock = stock - 1
   WHERE product_id = 'P9012' AND stock >= 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Insufficient stock for product P9012';
  END IF;
  INSERT INTO orders (order_id, customer_id, amount, status)
  VALUES (wanted, buyer, 99.95, 'Pending');
END
$$;

-- step: Virginia sells it
CALL place_order('O1234', 'C5678');

-- step: Ireland sells it
CALL place_order('O1235', 'C5677');

-- step: Two seconds later
SELECT stock, order_id
  FROM inventory, orders
 WHERE product_id = 'P9012' AND order_id >= 'O1234';
