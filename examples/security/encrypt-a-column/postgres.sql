-- step: In the clear
CREATE TABLE contacts AS
SELECT n AS id,
       '+44 20 7946 ' || to_char(n, 'FM0000') AS phone
  FROM generate_series(1, 1000) AS n;
CREATE INDEX ON contacts (phone);
ANALYZE contacts;

SELECT id
  FROM contacts
 WHERE phone >= '+44 20 7946 0100'
   AND phone < '+44 20 7946 0110'
 ORDER BY phone;

-- step: Encrypted
CREATE EXTENSION IF NOT EXISTS pgcrypto;
-- A key of random bytes needs no stretching: s2k-count.
CREATE TABLE sealed (id int, secret bytea, print bytea);
INSERT INTO sealed
SELECT n,
       pgp_sym_encrypt(phone, 'a long key', 's2k-count=1024'),
       hmac(phone, 'another key', 'sha256')
  FROM generate_series(1, 1000) AS n,
       concat('+44 20 7946 ', to_char(n, 'FM0000')) AS phone;
CREATE INDEX ON sealed (print);
ANALYZE sealed;

SELECT id
  FROM sealed
 WHERE pgp_sym_decrypt(secret, 'a long key')
       LIKE '+44 20 7946 010%'
 ORDER BY id;

-- step: Find one again
SELECT pgp_sym_decrypt(secret, 'a long key') AS phone
  FROM sealed
 WHERE print = hmac('+44 20 7946 0104', 'another key', 'sha256');

-- step: Who sees the key?
SELECT pgp_sym_decrypt(secret, 'a long key') IS NOT NULL
       AND query LIKE '%a long key%' AS "the key is in it"
  FROM sealed, pg_stat_activity
 WHERE id = 1
   AND pid = pg_backend_pid();

-- step: With another key
SELECT pgp_sym_decrypt(secret, 'a short key')
  FROM sealed
 WHERE id = 1;
