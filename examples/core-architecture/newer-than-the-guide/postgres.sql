-- step: Old and new in one answer
UPDATE inventory
   SET price = price + 1
 WHERE product_id = 'P9001'
RETURNING old.price AS before, new.price AS after;

-- step: A value that is computed
ALTER TABLE order_items
  ADD COLUMN total numeric(10,2)
  GENERATED ALWAYS AS (qty * unit_price) VIRTUAL;

SELECT sum(total) AS total
  FROM order_items
 WHERE order_id = 'O1233';

-- step: Rows from a document
SELECT user_id, role
  FROM users,
       JSON_TABLE(attributes, '$.roles[*]'
                  COLUMNS (role text PATH '$'))
 WHERE user_id = 'U12345';

-- step: Insert or change
MERGE INTO inventory AS i
USING (VALUES ('P9001', 'Blue ink', 9.90, 10),
              ('P9021', 'Wax', 4.50, 10))
   AS delivery (product_id, name, price, more)
   ON i.product_id = delivery.product_id
 WHEN MATCHED THEN
   UPDATE SET stock = i.stock + more
 WHEN NOT MATCHED THEN
   INSERT VALUES (product_id, name, price, more)
RETURNING merge_action(), i.product_id, i.stock;
