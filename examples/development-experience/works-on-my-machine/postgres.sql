CREATE TABLE imports (line int PRIMARY KEY);

-- step: Write, then read
UPDATE inventory SET stock = 10 WHERE product_id = 'P9012';
SELECT stock FROM inventory WHERE product_id = 'P9012';

-- step: Import 400 lines
INSERT INTO imports SELECT generate_series(1, 400);
SELECT count(*) FROM imports;

-- step: Take one in a transaction
BEGIN;
UPDATE inventory SET stock = stock - 1
 WHERE product_id = 'P9012';
COMMIT;

-- step: The same server, in a page
SELECT split_part(version(), '.', 1) AS version;
