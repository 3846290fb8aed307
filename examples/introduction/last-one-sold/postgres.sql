-- step: One on the shelf
CREATE TABLE shelf (
  product text PRIMARY KEY,
  shop text NOT NULL,
  stock int NOT NULL
);
CREATE INDEX shelf_by_shop ON shelf (shop, stock);
INSERT INTO shelf VALUES ('Glass inkwell', 'Leeds', 1);

CREATE MATERIALIZED VIEW offers AS
SELECT product, stock
  FROM shelf
 WHERE shop = 'Leeds' AND stock > 0;

-- One row is one page: without this, no index is used.
SET enable_seqscan = off;

-- step: Sell it
UPDATE shelf
   SET stock = stock - 1
 WHERE product = 'Glass inkwell' AND stock >= 1;

-- step: Ask the table
SELECT stock
  FROM shelf
 WHERE product = 'Glass inkwell';

-- step: Ask the index
SELECT product, stock
  FROM shelf
 WHERE shop = 'Leeds' AND stock > 0;

-- step: Ask a copy
SELECT product, stock FROM offers;

-- step: A second later
REFRESH MATERIALIZED VIEW offers;
SELECT product, stock FROM offers;
