-- step: Two units
CREATE TABLE clicks (click_id text PRIMARY KEY);

INSERT INTO clicks
SELECT 'C' || n FROM generate_series(1, 30) AS n;

-- step: On demand
INSERT INTO clicks
SELECT 'C' || n FROM generate_series(31, 60) AS n;

-- step: With a ceiling
CREATE ROLE shop LOGIN CONNECTION LIMIT 10;

SELECT rolname, rolconnlimit
  FROM pg_roles
 WHERE rolname = 'shop';
