CREATE FUNCTION first_of(id text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  referrer text := (
    SELECT referred_by FROM users WHERE user_id = id
  );
BEGIN
  IF referrer IS NULL THEN RETURN id; END IF;
  RETURN first_of(referrer);
END $$;

-- step: Follow the chain
SELECT first_of('U12348');

-- step: Close it to a ring
UPDATE users
   SET referred_by = 'U12348'
 WHERE user_id = 'U12345';

-- step: Follow the ring
DO $$
BEGIN
  PERFORM first_of('U12348');
EXCEPTION WHEN statement_too_complex THEN
  RAISE NOTICE '%: %', SQLSTATE, SQLERRM;
END $$;

SELECT count(*) FROM users;

-- step: Notice that it is one
WITH RECURSIVE chain AS (
  SELECT user_id, referred_by
    FROM users
   WHERE user_id = 'U12348'
   UNION ALL
  SELECT u.user_id, u.referred_by
    FROM chain
    JOIN users u ON u.user_id = chain.referred_by
) CYCLE user_id SET seen_before USING path
SELECT user_id, seen_before FROM chain;
