CREATE TABLE plain
       (id int, genre text, on_sale_since date, body text);
CREATE TABLE small (LIKE plain);
CREATE TABLE wide (LIKE plain);
CREATE TABLE sparse (LIKE plain);
CREATE TABLE three (LIKE plain);

CREATE INDEX ON small (genre, id);
CREATE INDEX ON wide (genre, id) INCLUDE (body);
CREATE INDEX ON sparse (on_sale_since)
 WHERE on_sale_since IS NOT NULL;
CREATE INDEX ON three (genre, id);
CREATE INDEX ON three (id);
CREATE INDEX ON three (body);

CREATE VIEW books AS
SELECT n AS id, 'G' || n % 10 AS genre,
       NULL::date AS on_sale_since, repeat('x', 500) AS body
  FROM generate_series(1, 1000) AS n;

-- step: Write an item
INSERT INTO plain SELECT * FROM books;
INSERT INTO small SELECT * FROM books;
INSERT INTO wide SELECT * FROM books;
INSERT INTO sparse SELECT * FROM books;

-- step: Three indexes
INSERT INTO three SELECT * FROM books;

-- step: What they weigh
SELECT relname, pg_relation_size(oid) / 1024 AS kb,
       pg_indexes_size(oid) / 1024 AS kb_of_indexes
  FROM pg_class
 WHERE relname IN ('plain', 'small', 'wide',
                   'sparse', 'three')
 ORDER BY array_position(
            '{plain,small,wide,sparse,three}', relname::text);
