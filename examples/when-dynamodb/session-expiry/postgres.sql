SET timezone = 'UTC';
ALTER TABLE sessions
  ADD CHECK (expires_at < '2100-01-01Z');

-- step: Two sign-ins for half an hour
INSERT INTO sessions
VALUES ('S9001', 'U12345', '2026-01-01 00:30Z');

INSERT INTO sessions -- milliseconds taken for seconds
VALUES ('S9002', 'U12345', to_timestamp(1767227400000));

-- step: Half an hour and a minute later
SELECT count(*) AS valid
  FROM sessions
 WHERE session_id = 'S9001'
   AND expires_at > '2026-01-01 00:31Z'; -- else: now()

-- step: Use it all the same
UPDATE sessions
   SET expires_at = '2026-01-01 01:01Z' -- = until
 WHERE session_id = 'S9001'
   AND expires_at > '2026-01-01 00:31Z'; -- = alive

-- step: Three days later
SELECT count(*) AS in_the_table FROM sessions;

DELETE FROM sessions
 WHERE expires_at <= '2026-01-04 00:31Z'; -- else: now()
