-- step: Take the last one
BEGIN;

INSERT INTO orders -- = insert = insert-new
       (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 99.95, 'Pending'); -- = values "('O1234', 'C5678', 99.95, 'Pending')"

UPDATE customers -- = count
   SET order_count = order_count + 1 -- = count
 WHERE customer_id = 'C5678'; -- = count

DO $$
BEGIN
  UPDATE inventory -- = stock
     SET stock = stock - 1 -- = stock
   WHERE product_id = 'P9012' -- = stock
     AND stock >= 1; -- the guide forgets this line -- = stock "AND stock >= 1"
  IF NOT FOUND THEN
    RAISE EXCEPTION
      'Insufficient stock for product P9012';
  END IF;
END
$$;

COMMIT;

-- step: Try again with none left
BEGIN;

INSERT INTO orders
       (order_id, customer_id, amount, status)
VALUES ('O1235', 'C5678', 99.95, 'Pending');

UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';

DO $$
BEGIN
  UPDATE inventory
     SET stock = stock - 1
   WHERE product_id = 'P9012'
     AND stock >= 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION
      'Insufficient stock for product P9012';
  END IF;
END
$$;

COMMIT;

-- step: Nothing half done
SELECT order_id, status
  FROM orders -- = order
 WHERE order_id IN ('O1234', 'O1235'); -- = order

SELECT order_count
  FROM customers -- = customer
 WHERE customer_id = 'C5678'; -- = customer

SELECT stock
  FROM inventory -- = stock
 WHERE product_id = 'P9012'; -- = stock
