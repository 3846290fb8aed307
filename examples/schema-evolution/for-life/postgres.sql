CREATE INDEX orders_by_status ON orders (status, created_at);

-- step: Another key for an item
UPDATE inventory
   SET product_id = 'P9101'
 WHERE product_id = 'P9001';

-- step: Move it
ALTER TABLE order_items
  DROP CONSTRAINT order_items_product_id_fkey,
  ADD FOREIGN KEY (product_id) REFERENCES inventory
      ON UPDATE CASCADE;

UPDATE inventory
   SET product_id = 'P9101'
 WHERE product_id = 'P9001';

SELECT count(*) FROM order_items WHERE product_id = 'P9101';

-- step: A second index
CREATE INDEX CONCURRENTLY orders_by_status_amount
    ON orders (status, created_at) INCLUDE (amount);
DROP INDEX orders_by_status;
ALTER INDEX orders_by_status_amount RENAME TO orders_by_status;

-- step: Another key for a table
CREATE UNIQUE INDEX CONCURRENTLY sessions_of_users
    ON sessions (user_id, session_id);
ALTER TABLE sessions
  DROP CONSTRAINT sessions_pkey,
  ADD PRIMARY KEY USING INDEX sessions_of_users;
