-- step: Who is connected?
SELECT boot_val AS max_connections
  FROM pg_settings WHERE name = 'max_connections';

SELECT count(*) AS me
  FROM pg_stat_activity WHERE pid = pg_backend_pid();

-- step: Leave things behind
SET timezone = 'Asia/Tokyo';
PREPARE stock (text) AS
  SELECT stock FROM inventory WHERE product_id = $1;
CREATE TEMP TABLE cart (product_id text, qty int);
INSERT INTO cart VALUES ('P9012', 1);
SELECT pg_try_advisory_lock(9012);

-- step: The next customer of the pool
SHOW timezone;
EXECUTE stock('P9012');
SELECT * FROM cart;

-- step: What a pooler says in between
DISCARD ALL;
SHOW timezone;
EXECUTE stock('P9012');
SELECT * FROM cart;
SELECT count(*) AS locks
  FROM pg_locks WHERE locktype = 'advisory';
