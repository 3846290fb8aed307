-- step: 26 writes
INSERT INTO sessions
SELECT 'A' || lpad(n::text, 3, '0'), 'U12345', '2025-01-02 00:00Z'
  FROM generate_series(1, 26) AS n;

-- step: 100 writes
INSERT INTO sessions
SELECT 'B' || lpad(n::text, 3, '0'), 'U12345', '2025-01-02 00:00Z'
  FROM generate_series(1, 100) AS n;

-- step: 101 writes
INSERT INTO sessions
SELECT 'C' || lpad(n::text, 3, '0'), 'U12345', '2025-01-02 00:00Z'
  FROM generate_series(1, 101) AS n;

-- step: The same item twice
CREATE TABLE ledger (
  entry int PRIMARY KEY,
  amount int NOT NULL
);

BEGIN;
INSERT INTO ledger VALUES (1, 0);
UPDATE ledger SET amount = amount + 1 WHERE entry = 1;
UPDATE ledger SET amount = amount + 1 WHERE entry = 1;
COMMIT;

-- step: More than 4 MB
CREATE TABLE notes (
  session_id text PRIMARY KEY,
  body text NOT NULL
);

BEGIN;
INSERT INTO notes
SELECT 'E' || lpad(n::text, 3, '0'), repeat('x', 390 * 1024)
  FROM generate_series(1, 11) AS n;
COMMIT;

SELECT sum(octet_length(body)) AS bytes FROM notes;

-- step: A hundred thousand rows
BEGIN;
INSERT INTO ledger
SELECT n, 1 FROM generate_series(2, 100000) AS n;
COMMIT;
