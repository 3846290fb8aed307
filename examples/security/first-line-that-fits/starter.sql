-- step: The file and the callers
CREATE TABLE hba (
  line int PRIMARY KEY,
  database text,
  role text,
  address cidr,
  method text
);
INSERT INTO hba VALUES
  (10, 'all',  'postgres', '0.0.0.0/0',    'reject'),
  (20, 'shop', 'all',      '10.0.0.0/8',   'scram-sha-256'),
  (30, 'all',  'all',      '10.1.2.0/24',  'reject'),
  (40, 'shop', 'report',   '0.0.0.0/0',    'cert'),
  (50, 'all',  'all',      '127.0.0.1/32', 'trust');
CREATE TABLE attempts (
  n int PRIMARY KEY,
  database text,
  role text,
  address inet
);
INSERT INTO attempts VALUES
  (1, 'shop', 'web',      '10.1.2.3'),
  (2, 'shop', 'postgres', '10.0.0.5'),
  (3, 'blog', 'web',      '10.1.2.9'),
  (4, 'shop', 'report',   '203.0.113.9'),
  (5, 'shop', 'report',   '10.9.9.9'),
  (6, 'blog', 'web',      '127.0.0.1'),
  (7, 'blog', 'web',      '203.0.113.9'),
  (8, 'blog', 'postgres', '127.0.0.1');

-- step: Who is let in, and how
-- The closest network decides. Does it?
CREATE VIEW decisions AS
SELECT n, first.line, coalesce(first.method, 'reject') AS method
  FROM attempts AS a
  LEFT JOIN LATERAL (
       SELECT line, method
         FROM hba AS h
        WHERE h.database IN ('all', a.database)
          AND h.role IN ('all', a.role)
          AND a.address <<= h.address
        ORDER BY masklen(h.address) DESC
        LIMIT 1) AS first ON true;

SELECT * FROM decisions ORDER BY n;
