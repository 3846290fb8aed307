-- step: INSERT
INSERT INTO inventory
VALUES ('P9021', 'Sealing wax', 4.5, 10);

-- step: The same INSERT again
INSERT INTO inventory
VALUES ('P9021', 'Sealing wax', 4.5, 10);

-- step: Change one by its key
UPDATE inventory
   SET stock = stock + 1
 WHERE product_id = 'P9021';

-- step: Change without the key
UPDATE inventory
   SET stock = 0
 WHERE price < 4
RETURNING product_id, name;

-- step: Count them
SELECT count(*) FROM inventory;

-- step: Join them
SELECT o.order_id, c.user_id
  FROM orders o
  JOIN customers c USING (customer_id)
 ORDER BY o.order_id
 LIMIT 3;
