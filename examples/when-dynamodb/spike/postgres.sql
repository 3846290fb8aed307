CREATE TABLE uploads (
  upload_id text PRIMARY KEY,
  body text NOT NULL
);
-- Stored as it is, so that 249 KB are 249 KB.
ALTER TABLE uploads ALTER COLUMN body SET STORAGE EXTERNAL;

-- step: 6,000 units at once
INSERT INTO uploads
SELECT 'upload-' || n, repeat('x', 249 * 1024)
  FROM generate_series(1, 24) AS n;
