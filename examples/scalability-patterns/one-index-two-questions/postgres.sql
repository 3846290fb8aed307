CREATE TABLE people (id text PRIMARY KEY, email text UNIQUE);
CREATE TABLE sales (
  id text PRIMARY KEY,
  country text, status text, day date
);
CREATE INDEX sales_by_status ON sales (country, status, day);

-- step: Store orders and a user
INSERT INTO people VALUES ('U1', 'john@example.com');
INSERT INTO sales VALUES
  ('O1', 'DE', 'Pending', '2026-11-20'),
  ('O2', 'DE', 'Pending', '2026-11-21'),
  ('O3', 'DE', 'Shipped', '2026-11-21');

-- step: One index, two questions
SELECT id FROM people WHERE email = 'john@example.com';

SELECT id FROM sales
 WHERE country = 'DE' AND status = 'Pending'
 ORDER BY day;

-- step: Ship an order
UPDATE sales SET status = 'Shipped' WHERE id = 'O1';

-- step: Who is pending?
SELECT id FROM sales
 WHERE country = 'DE' AND status = 'Pending'
 ORDER BY day;
