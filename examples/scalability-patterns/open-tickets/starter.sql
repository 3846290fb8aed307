CREATE TABLE tickets (id int PRIMARY KEY, status text NOT NULL);
CREATE INDEX tickets_open ON tickets (status);

-- step: Fifty tickets, two of them open
INSERT INTO tickets
SELECT n, CASE WHEN n % 25 = 0 THEN 'open' ELSE 'closed' END
  FROM generate_series(0, 49) AS n;
VACUUM ANALYZE tickets;
SET enable_seqscan = off; -- fifty rows would be read as they lie

-- step: Which are open?
SELECT id FROM tickets WHERE status = 'open' ORDER BY id;
