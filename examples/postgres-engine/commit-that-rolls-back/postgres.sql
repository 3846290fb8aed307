-- step: Take the last one
BEGIN;

UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';

INSERT INTO orders
VALUES ('O1234', 'C5678', 99.95, 'Pending');

-- step: A mistake on the way
INSERT INTO order_items
VALUES ('O1234', 'P9021', 1, 4.50); -- no such product

-- step: Go on as if nothing had happened
SELECT stock FROM inventory WHERE product_id = 'P9012';

-- step: Commit
COMMIT;

-- step: Look
SELECT stock FROM inventory WHERE product_id = 'P9012';

SELECT count(*) FROM orders WHERE order_id = 'O1234';
