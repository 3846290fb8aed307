-- step: Who is there?
SELECT left(current_setting('server_version'), 2)
    AS major \gset
\echo PostgreSQL :major

-- step: Describe a table
\d order_items

-- step: Count the rows of every table
SELECT format('SELECT %L AS name, count(*) FROM %I',
              name, name)
  FROM (VALUES ('customers'), ('inventory'), ('orders'))
    AS t (name)
\gexec

-- step: Use an answer in a question
SELECT product_id AS last_one, price
  FROM inventory
 WHERE stock = 1 \gset
\echo :last_one costs :price

SELECT count(*) AS orders, sum(qty) AS sold
  FROM order_items
 WHERE product_id = :'last_one';

-- step: Decide
SELECT :price > 50 AS precious \gset
\if :precious
  SELECT stock
    FROM inventory
   WHERE product_id = :'last_one' \gx
\else
  \echo Nothing to worry about
\endif
