CREATE TABLE by_date (
  day date, at timestamptz, device text, readings text,
  PRIMARY KEY (day, at, device)
);
CREATE TABLE by_device (
  device text, at timestamptz, readings text,
  PRIMARY KEY (device, at)
);
ALTER TABLE by_date
  ALTER COLUMN readings SET STORAGE EXTERNAL;
ALTER TABLE by_device
  ALTER COLUMN readings SET STORAGE EXTERNAL;

-- step: Keyed by date
INSERT INTO by_date
SELECT '2026-11-22', '2026-11-22 09:00Z', 'D' || n,
       repeat('x', 249 * 1024)
  FROM generate_series(100, 119) AS n;

-- step: Keyed by device
INSERT INTO by_device
SELECT 'D' || n, '2026-11-22 09:00Z',
       repeat('x', 249 * 1024)
  FROM generate_series(100, 119) AS n;
