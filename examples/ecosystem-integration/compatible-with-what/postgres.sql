-- step: The same words
SELECT 1 + 1 / 2 AS "1 + 1 / 2",
       1::int << 32 AS "1::int << 32",
       ~1 + 2 AS "~1 + 2";

-- step: What the lists leave out
CREATE TEMP TABLE basket (product_id text);

CREATE EXTENSION btree_gist;

CREATE TABLE promotions (
  product_id text REFERENCES inventory,
  during daterange,
  EXCLUDE USING gist (product_id WITH =, during WITH &&)
);

LISTEN orders;

CREATE FUNCTION tell() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('orders', NEW.order_id);
  RETURN NULL;
END $$;

CREATE TRIGGER told AFTER INSERT ON orders
FOR EACH ROW EXECUTE FUNCTION tell();

INSERT INTO orders VALUES ('O1234', 'C5678', 99.95, 'Pending');

TRUNCATE basket;

-- step: What only an old list leaves out
CREATE SEQUENCE order_numbers START 1235;

SELECT nextval('order_numbers');

INSERT INTO orders VALUES ('O1235', 'C9999', 1, 'Pending');
