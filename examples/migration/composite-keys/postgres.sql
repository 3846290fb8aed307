CREATE TABLE stage (pk text, sk text, amount numeric);
INSERT INTO stage VALUES
  ('CUST#C5615', 'ORDER#2024-12-31#O1233', 247.90),
  ('CUST#C5615', 'PROFILE', NULL);

-- step: Take a key apart
SELECT split_part(pk, '#', 2) AS customer,
       split_part(sk, '#', 2)::date AS day,
       split_part(sk, '#', 3) AS "order"
  FROM stage
 WHERE sk LIKE 'ORDER#%';

-- step: A column that follows the key
ALTER TABLE stage ADD day date
  GENERATED ALWAYS AS (split_part(sk, '#', 2)::date) STORED;

ALTER TABLE stage ADD order_id text
  GENERATED ALWAYS AS (
    CASE WHEN sk LIKE 'ORDER#%'
         THEN split_part(sk, '#', 3) END) VIRTUAL;

CREATE INDEX ON stage (order_id);

-- step: A date from its parts
ALTER TABLE stage ADD day date
  GENERATED ALWAYS AS (
    CASE WHEN sk LIKE 'ORDER#%' THEN make_date(
      split_part(split_part(sk, '#', 2), '-', 1)::int,
      split_part(split_part(sk, '#', 2), '-', 2)::int,
      split_part(split_part(sk, '#', 2), '-', 3)::int)
    END) STORED;

CREATE INDEX ON stage (day);

SELECT sk, day, order_id FROM stage ORDER BY sk;
