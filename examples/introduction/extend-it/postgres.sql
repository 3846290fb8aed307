-- step: A type of your own
CREATE DOMAIN price AS numeric(10,2) CHECK (VALUE >= 0);
CREATE TYPE offer AS (product text, asked price);
SELECT ('Sepia ink', -9.90)::offer;

-- step: An aggregate of your own
CREATE AGGREGATE product(int) (
  SFUNC = int4mul,
  STYPE = int,
  INITCOND = 1
);
SELECT box, n,
       product(n) OVER (PARTITION BY box ORDER BY n)
  FROM (VALUES (1, 2), (1, 3), (1, 4), (2, 5)) AS t (box, n)
 ORDER BY box, n;

-- step: An extension
CREATE EXTENSION pg_trgm;
SELECT name
  FROM tags
 WHERE similarity(name, 'postgersql') > 0.2
 ORDER BY similarity(name, 'postgersql') DESC, name;

-- step: What does it support?
SELECT count(*) FILTER (WHERE is_supported = 'YES')
         AS supported,
       count(*) AS features
  FROM information_schema.sql_features;
