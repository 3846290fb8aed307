-- step: A session remembers
SET statement_timeout = '2s';
PREPARE author AS SELECT username FROM users WHERE user_id = $1;
CREATE TEMPORARY TABLE basket (product_id text);
SELECT pg_advisory_lock(42);

SHOW statement_timeout;

EXECUTE author('U12345');

-- step: The next statement, on another connection
DISCARD ALL; -- nothing is left of the session

SHOW statement_timeout;

SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';

EXECUTE author('U12345');

SELECT count(*) FROM basket;

-- step: What a transaction keeps together
BEGIN;
SET LOCAL statement_timeout = '2s';
SELECT pg_advisory_xact_lock(42);
SHOW statement_timeout;
COMMIT;

SHOW statement_timeout;
