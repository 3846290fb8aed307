CREATE TABLE catalogue AS
SELECT 'N' || n AS product_id,
       (ARRAY['ink', 'pen', 'paper', 'case'])[n % 4 + 1]
         AS category,
       (ARRAY['blue', 'black', 'green', 'red', 'violet'])
         [n % 5 + 1] AS colour,
       (ARRAY['school', 'travel', 'desk'])[n % 3 + 1] AS used_for,
       5 + n * 7 % 90 AS price,
       n % 6 AS stock
  FROM generate_series(0, 199) AS n;
CREATE INDEX ON catalogue (category, price);
CREATE TABLE cart_lines (
  user_id text REFERENCES users,
  product_id text,
  qty int NOT NULL,
  PRIMARY KEY (user_id, product_id)
);
ANALYZE catalogue;

-- step: Fill a cart
INSERT INTO cart_lines
VALUES ('U12345', 'N3', 1),
       ('U12345', 'N44', 1),
       ('U12345', 'N101', 1);

-- step: Show the cart
SELECT product_id, qty
  FROM cart_lines
 WHERE user_id = 'U12345'
 ORDER BY product_id;

-- step: Pens from 20 to 60
SELECT count(*)
  FROM catalogue
 WHERE category = 'pen' AND price BETWEEN 20 AND 60;

-- step: Anything blue for travel, with facets
SELECT category, count(*)
  FROM catalogue
 WHERE colour = 'blue' AND stock > 0 AND used_for = 'travel'
 GROUP BY ROLLUP (category)
 ORDER BY category;
