-- step: Keep a record
CREATE TABLE audit (
  n int GENERATED ALWAYS AS IDENTITY,
  op text,
  role name DEFAULT session_user,
  person text DEFAULT current_setting('app.person', true),
  before jsonb,
  after jsonb
);
CREATE FUNCTION note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit (op, role, before, after)
  VALUES (TG_OP, current_setting('role'),
          to_jsonb(OLD), to_jsonb(NEW));
  RETURN NULL;
END
$$;
CREATE TRIGGER note_change
  AFTER INSERT OR UPDATE OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION note_change();

CREATE ROLE support;
GRANT SELECT, UPDATE (email) ON users TO support;

-- step: Read, change, read
SET app.person = 'ada';
SET ROLE support;
SELECT email FROM users WHERE user_id = 'U12345';
UPDATE users
   SET email = 'j.doe@example.com'
 WHERE user_id = 'U12345';
SELECT email FROM users WHERE user_id = 'U12345';
RESET ROLE;

-- step: What is on record
SELECT op, role, person,
       before->>'email' AS old, after->>'email' AS new
  FROM audit ORDER BY n;

-- step: What a server logs at first
SELECT current_setting('log_statement') AS log_statement,
       EXISTS (SELECT FROM pg_extension
                WHERE extname = 'pgaudit') AS pgaudit;

-- step: Around it
REVOKE SELECT ON users FROM support;
SET ROLE support;
SELECT email FROM users WHERE user_id = 'U12345';
RESET ROLE;

-- step: A way in that remembers
CREATE FUNCTION email_of(who text) RETURNS text
LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  INSERT INTO audit (op, before)
  VALUES ('READ', jsonb_build_object('user_id', who));
  SELECT email FROM users WHERE user_id = who;
$$;
SET ROLE support;
SELECT email_of('U12345');
RESET ROLE;
SELECT op, person, before->>'user_id' AS user_id
  FROM audit WHERE op = 'READ';
