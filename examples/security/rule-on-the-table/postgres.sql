-- step: Two tenants, one table
CREATE ROLE acme;
CREATE ROLE globex;
CREATE ROLE partner;
CREATE TABLE tickets (
  tenant text,
  id int,
  text text NOT NULL,
  PRIMARY KEY (tenant, id)
);
INSERT INTO tickets VALUES
  ('acme', 1, 'Buy ink'),
  ('acme', 2, 'Call Ada'),
  ('globex', 1, 'Raise prices');
GRANT SELECT ON tickets TO acme, globex;
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON tickets USING (true);

-- step: Everybody may
SET ROLE acme;
SELECT text FROM tickets WHERE tenant = 'globex';
RESET ROLE;

-- step: A rule on the table
CREATE POLICY tenants_apart ON tickets
  AS RESTRICTIVE
  USING (pg_has_role(tenant::name, 'USAGE'));

-- step: The other tenant's
SET ROLE acme;
SELECT text FROM tickets WHERE tenant = 'globex';

-- step: Its own
SELECT text FROM tickets ORDER BY id;
RESET ROLE;

-- step: A guest
GRANT acme TO partner;
SET ROLE partner;
SELECT text FROM tickets WHERE id = 1;
RESET ROLE;
