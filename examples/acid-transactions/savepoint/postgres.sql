-- step: Begin
BEGIN;

INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 99.95, 'Pending');

INSERT INTO order_items VALUES ('O1234', 'P9012', 1, 99.95);

SAVEPOINT first_line;

-- step: One line cannot be
INSERT INTO order_items VALUES ('O1234', 'P9999', 1, 5.00);

-- refused, until the transaction goes back
SELECT count(*) FROM order_items WHERE order_id = 'O1234';

-- step: Keep the rest
ROLLBACK TO SAVEPOINT first_line;

COMMIT;

SELECT product_id, qty
  FROM order_items
 WHERE order_id = 'O1234';
