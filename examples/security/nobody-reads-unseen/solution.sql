-- step: The record and the door
CREATE ROLE desk;
CREATE TABLE reads (
  n int GENERATED ALWAYS AS IDENTITY,
  person text,
  user_id text
);
CREATE FUNCTION email_of(who text) RETURNS text
LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO reads (person, user_id)
  VALUES (current_setting('app.person'), who);
  SELECT email FROM users WHERE user_id = who;
$$;

-- step: A look
SET app.person = 'ada';
SET ROLE desk;
SELECT email_of('U12345') AS email;
RESET ROLE;

-- step: Around it
SET ROLE desk;
SELECT email FROM users WHERE user_id = 'U12345';
RESET ROLE;
