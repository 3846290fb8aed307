-- step: One write
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending');

-- step: The same in a transaction
BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1235', 'C5678', 8.90, 'Pending');
COMMIT;

-- step: With an index
CREATE INDEX orders_by_status ON orders (status, created_at);

INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1236', 'C5678', 8.90, 'Paid');

BEGIN;
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1237', 'C5678', 8.90, 'Paid');
COMMIT;

-- step: A write that is refused
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 8.90, 'Pending');

-- step: Read it again
SELECT customer_id, amount
  FROM orders
 WHERE order_id = 'O1234';
