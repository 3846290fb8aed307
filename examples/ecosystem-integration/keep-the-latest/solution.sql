-- step: What the feed delivers
CREATE TABLE feed (
  batch int,
  place int,
  order_id text,
  version int,
  status text
);
INSERT INTO feed VALUES
  (1, 1, 'O1001', 1, 'Pending'),
  (1, 2, 'O1002', 1, 'Pending'),
  (1, 3, 'O1001', 2, 'Paid'),
  (1, 4, 'O1001', 2, 'Paid'),
  (2, 5, 'O1001', 3, 'Delivered'),
  (2, 6, 'O1003', 2, 'Cancelled'),
  (2, 7, 'O1003', 1, 'Pending'),
  (2, 8, 'O1002', 2, 'Paid'),
  (2, 9, 'O1001', 2, 'Paid');
CREATE TABLE applied (batch int PRIMARY KEY, records int);
CREATE TABLE copy (
  order_id text PRIMARY KEY,
  version int,
  status text
);

-- step: How a batch is applied
CREATE FUNCTION apply(which int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  record feed;
BEGIN
  FOR record IN
    SELECT * FROM feed WHERE batch = which ORDER BY place
  LOOP
    INSERT INTO copy
    VALUES (record.order_id, record.version, record.status)
        ON CONFLICT (order_id) DO UPDATE
       SET version = excluded.version, status = excluded.status
     WHERE copy.version < excluded.version;
  END LOOP;
  INSERT INTO applied
  SELECT which, count(*) FROM feed WHERE batch = which;
END
$$;

-- step: Apply two batches
SELECT apply(1);
SELECT apply(2);
SELECT order_id, version, status FROM copy ORDER BY order_id;
