-- step: What is set
SELECT name, unit, context
  FROM pg_settings
 WHERE name IN ('max_connections', 'shared_buffers',
                'work_mem')
 ORDER BY name;

-- step: Drop it
BEGIN;
DROP TABLE orders CASCADE;
ROLLBACK;

SELECT count(*) FROM orders;

-- step: Turn the knobs
SET work_mem = '64kB';

EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF,
         SUMMARY OFF)
SELECT body FROM posts ORDER BY views;

SET work_mem = '4MB';

EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF,
         SUMMARY OFF)
SELECT body FROM posts ORDER BY views;

ALTER SYSTEM SET work_mem = '8MB';

SHOW work_mem;
