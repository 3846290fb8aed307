-- step: Two tenants, one table
CREATE ROLE acme;
CREATE ROLE globex;
CREATE TABLE tickets (
  tenant text,
  id int,
  text text NOT NULL,
  PRIMARY KEY (tenant, id)
);
INSERT INTO tickets VALUES
  ('acme', 1, 'Buy ink'),
  ('globex', 1, 'Raise prices');
GRANT ALL ON tickets TO acme, globex;

-- step: The rule
-- Write it here.
SELECT 'no rule yet' AS rule;

-- step: Globex asks for acme's
SET ROLE globex;
SELECT text FROM tickets WHERE tenant = 'acme';

-- step: Globex writes for acme
INSERT INTO tickets VALUES ('acme', 9, 'Not ours');

-- step: Globex goes on
INSERT INTO tickets VALUES ('globex', 9, 'Ours');
RESET ROLE;
