CREATE TABLE jobs (
  id int PRIMARY KEY,
  status text NOT NULL,
  open_since date,
  note text
);
CREATE INDEX jobs_open ON jobs (open_since)
 WHERE status = 'open';
CREATE INDEX jobs_by_status ON jobs (status, open_since);

-- step: Many jobs, four of them open
INSERT INTO jobs
SELECT n, CASE WHEN n % 2500 = 0 THEN 'open' ELSE 'done' END,
       CASE WHEN n % 2500 = 0 THEN date '2026-11-20' + n / 2500 END
  FROM generate_series(0, 9999) AS n;

VACUUM ANALYZE jobs;

SELECT relname, relpages AS pages
  FROM pg_class
 WHERE relname IN ('jobs_open', 'jobs_by_status')
 ORDER BY relname;

-- step: Which are open?
SELECT id FROM jobs WHERE status = 'open' ORDER BY open_since; -- = open "WHERE status = 'open'"

-- step: Close one
UPDATE jobs SET status = 'done', open_since = NULL -- = close
 WHERE id = 2500;

SELECT id FROM jobs WHERE status = 'open' ORDER BY open_since;

-- step: Change one that is done
UPDATE jobs SET note = 'filed' WHERE id = 1;
