-- step: What the export brought
CREATE TABLE stage (line jsonb);
INSERT INTO stage
SELECT jsonb_build_object('Item', jsonb_build_object(
         'PK', jsonb_build_object('S', 'CUST#' || customer_id),
         'OrderID', jsonb_build_object('S', order_id),
         'Amount', jsonb_build_object('N', amount::text)))
  FROM (SELECT order_id, customer_id, amount FROM orders
         UNION ALL VALUES ('O8801', 'C9901', 12.50),
                          ('O8802', 'C9902', 8.90),
                          ('O8803', 'C9901', 45.00)) AS sold;
SELECT count(*) FROM stage;

-- step: Move the orders
CREATE TABLE moved (
  order_id text PRIMARY KEY,
  customer_id text NOT NULL,
  amount numeric(10,2) NOT NULL
);
CREATE TABLE orphans (LIKE moved);

INSERT INTO moved
SELECT line #>> '{Item,OrderID,S}',
       split_part(line #>> '{Item,PK,S}', '#', 2),
       (line #>> '{Item,Amount,N}')::numeric
  FROM stage;

WITH lost AS (
  DELETE FROM moved
   WHERE NOT EXISTS (
     SELECT FROM customers c
      WHERE c.customer_id = moved.customer_id)
  RETURNING *
)
INSERT INTO orphans SELECT * FROM lost;

ALTER TABLE moved
  ADD FOREIGN KEY (customer_id) REFERENCES customers;

-- step: How many are where?
SELECT (SELECT count(*) FROM moved) AS moved,
       (SELECT count(*) FROM orphans) AS orphans;
