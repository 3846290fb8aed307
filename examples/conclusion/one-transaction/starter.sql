ALTER TABLE inventory ADD CHECK (stock >= 0);

-- step: The order
INSERT INTO orders
VALUES ('O1234', 'C5678', 900, 'Pending', '2026-01-01Z');

INSERT INTO order_items
SELECT 'O1234', product_id,
       CASE product_id WHEN 'P9012' THEN 2 ELSE 1 END, price
  FROM inventory;

UPDATE inventory AS i
   SET stock = stock - o.qty
  FROM order_items AS o
 WHERE o.order_id = 'O1234'
   AND o.product_id = i.product_id;
