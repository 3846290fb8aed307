-- step: Two tenants, one table
CREATE ROLE shop;   -- owns the table
CREATE ROLE web;    -- serves the requests
CREATE TABLE notes (
  tenant text,
  note int,
  body text NOT NULL,
  PRIMARY KEY (tenant, note)
);
ALTER TABLE notes OWNER TO shop;
GRANT SELECT, INSERT ON notes TO web;
INSERT INTO notes VALUES
  ('acme', 1, 'Buy ink'),
  ('acme', 2, 'Call Ada'),
  ('globex', 1, 'Raise prices');

ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON notes
  USING (tenant = current_setting('app.tenant', true))
  WITH CHECK (tenant = current_setting('app.tenant', true));

-- step: Nobody in particular
SET ROLE web;
SELECT count(*) FROM notes;

-- step: Own notes
SET app.tenant = 'acme';
SELECT body FROM notes ORDER BY note;

-- step: Another tenant's notes
SELECT body FROM notes WHERE tenant = 'globex';

-- step: A note for another tenant
INSERT INTO notes VALUES ('globex', 2, 'We were here');

-- step: The owner
SET ROLE shop;
SELECT count(*) FROM notes;

-- step: The owner, forced
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
SELECT count(*) FROM notes;

-- step: Who is never bound
RESET ROLE; -- a superuser again
SELECT count(*) FROM notes;
