-- step: An index by four attributes
CREATE TABLE invoices (
  id text PRIMARY KEY,
  country text,
  city text,
  status text,
  issued date
);
CREATE INDEX by_place
    ON invoices (country, city, status, issued);

INSERT INTO invoices VALUES
  ('I1', 'DE', 'Berlin', 'open', '2026-03-01'),
  ('I2', 'DE', 'Berlin', 'paid', '2026-02-01'),
  ('I3', 'DE', 'Berlin', 'open', '2026-01-15'),
  ('I4', 'DE', 'Bonn', 'open', '2026-01-20'),
  ('I5', 'FR', 'Paris', 'open', '2026-04-01'),
  ('I6', 'FR', NULL, 'open', '2026-04-02');

-- step: Both parts
SELECT id
  FROM invoices
 WHERE country = 'DE' AND city = 'Berlin' -- = place
   AND status = 'open' -- = open
   AND issued >= '2026-01-01' -- = date
 ORDER BY issued;

-- step: Half of the first part
SELECT id FROM invoices WHERE country = 'DE' ORDER BY id;

-- step: A gap in the second part
SELECT id
  FROM invoices
 WHERE country = 'DE' AND city = 'Berlin'
   AND issued >= '2026-02-01'
 ORDER BY id;
