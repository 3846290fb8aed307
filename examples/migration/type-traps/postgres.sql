CREATE TABLE numbers (big numeric, rate numeric);

-- step: Thirty-eight digits
INSERT INTO numbers VALUES (
  '12345678901234567890123456789012345678',
  '0.12345678901234567890'
);
SELECT big, rate FROM numbers;

-- step: Read it as JavaScript does
SELECT rate::float8 FROM numbers;

SELECT big::bigint FROM numbers;

-- step: Thirty-nine digits
INSERT INTO numbers
VALUES ('123456789012345678901234567890123456789', 0);

-- step: A set is no list
SELECT ARRAY['User', 'Editor', 'User'] AS list,
       ARRAY(SELECT DISTINCT role
               FROM unnest(ARRAY['User', 'Editor', 'User'])
                    AS role
              ORDER BY role) AS set;

-- step: Nothing, in three forms
SELECT j ->> 'Empty' = '' AS "empty is empty",
       j ->> 'None' IS NULL AS "null is null",
       j ->> 'Missing' IS NULL AS "missing is null",
       j ? 'None' AS "has None", j ? 'Missing' AS "has Missing"
  FROM (VALUES ('{"Empty": "", "None": null}'::jsonb)) AS t (j);

-- step: Nothing as a key
CREATE TABLE trap (pk text, sk text, PRIMARY KEY (pk, sk));

INSERT INTO trap VALUES ('TRAP', '');

-- step: A moment
SELECT moment, moment::timestamptz AS "as a moment"
  FROM (VALUES ('2024-12-31T23:30:00-05:00'),
               ('2025-01-01T01:00:00Z')) AS t (moment)
 ORDER BY moment::timestamptz;

-- step: Bytes
SELECT decode('AP8=', 'base64') AS ink,
       octet_length(decode('AP8=', 'base64')) AS bytes;
