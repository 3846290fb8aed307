-- step: A code for ten minutes
CREATE TABLE login_codes (
  user_id text REFERENCES users,
  code text,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, code)
);
CREATE INDEX ON login_codes (expires_at);

INSERT INTO login_codes
VALUES ('U12345', '731904', '2026-01-01 00:10Z');

-- step: Eleven minutes later
SELECT count(*) AS valid
  FROM login_codes
 WHERE user_id = 'U12345'
   AND expires_at > '2026-01-01 00:11Z'; -- outside of a lab: now()

-- step: A job of your own
DELETE FROM login_codes
 WHERE expires_at <= '2026-01-01 00:11Z'; -- outside of a lab: now()

SELECT count(*) AS in_the_table FROM login_codes;
