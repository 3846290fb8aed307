-- step: An order of nobody
INSERT INTO orders
  (order_id, customer_id, amount, status)
VALUES ('O8801', 'C9999', 12.50, 'Pending');

-- step: An address that is taken
INSERT INTO users
  (user_id, username, email, signup_date)
VALUES ('U99001', 'johnny', 'john@example.com',
        '2025-01-01Z');

-- step: An amount that is no number
INSERT INTO orders
  (order_id, customer_id, amount, status)
VALUES ('O8802', 'C5678', '12,50', 'Pending');

-- step: An order without a status
INSERT INTO orders
  (order_id, customer_id, amount, created_at)
VALUES ('O8803', 'C5678', 12.50, '2025-01-01Z');

-- step: A number that is taken
INSERT INTO orders
  (order_id, customer_id, amount, status)
VALUES ('O1233', 'C5678', 1.00, 'Pending');

-- step: What is there now
SELECT count(*) AS bad
  FROM orders WHERE order_id > 'O8800';

SELECT customer_id, amount
  FROM orders WHERE order_id = 'O1233';
