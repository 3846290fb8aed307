-- step: No key
INSERT INTO users (username, email, signup_date)
VALUES ('nobody', 'nobody@example.com', '2025-01-01 00:00Z');

-- step: A key of the wrong type
INSERT INTO posts (post_id, user_id, title, body, post_date)
VALUES ('first', 'U12345', 'Hello', '...', '2025-01-01 00:00Z');

-- step: A customer who does not exist
INSERT INTO orders (order_id, customer_id, amount, status)
VALUES ('O1234', 'C0000', 99.95, 'Pending');

-- step: An address that is taken
INSERT INTO users (user_id, username, email, signup_date)
VALUES ('U99999', 'janedoe', 'john@example.com',
        '2025-01-01 00:00Z');

-- step: A stock of 'ten'
UPDATE inventory SET stock = 'ten' WHERE product_id = 'P9012';

-- step: And the day after
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012';
