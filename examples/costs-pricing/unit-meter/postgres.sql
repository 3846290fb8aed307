-- step: Read a post
SELECT title, body FROM posts WHERE post_id = 1;

-- step: Read a page of ten
SELECT title, body
  FROM posts
 WHERE user_id = 'U12345' -- = user
 ORDER BY post_date -- = user
 LIMIT 10; -- = limit

-- step: Count a reader
UPDATE posts
   SET views = views + 1 -- = count
 WHERE post_id = 1; -- = key

-- step: Place an order
BEGIN;
INSERT INTO orders
       (order_id, customer_id, amount, status)
VALUES ('O1234', 'C5678', 99.95, 'Pending');
UPDATE customers
   SET order_count = order_count + 1
 WHERE customer_id = 'C5678';
UPDATE inventory
   SET stock = stock - 1
 WHERE product_id = 'P9012' AND stock >= 1;
COMMIT;

-- step: Report on all posts
SELECT count(*) FROM posts WHERE views >= 1500;

-- step: A day
-- One db.t4g.micro for an hour: $0.016, April 2026.
SELECT 0.016 * 24 AS dollars_a_day,
       0.016 * 730 AS dollars_a_month;
