-- step: Ask to be told
CREATE TABLE session_events (
  event_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what text NOT NULL,
  session_id text NOT NULL,
  by text NOT NULL
);

CREATE FUNCTION tell_session() RETURNS trigger AS $$
BEGIN
  INSERT INTO session_events (what, session_id, by)
  VALUES (TG_OP, COALESCE(NEW.session_id, OLD.session_id),
          current_setting('application_name'));
  RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER tell AFTER INSERT OR DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION tell_session();

-- step: Two sessions, one signed out
SET application_name = 'web';

INSERT INTO sessions
VALUES ('S9001', 'U12345', '2026-01-01 00:30Z'),
       ('S9002', 'U12345', '2026-01-01 00:30Z');

DELETE FROM sessions WHERE session_id = 'S9001';

-- step: The other one expires
SET application_name = 'clean-up';

DELETE FROM sessions
 WHERE expires_at <= '2026-01-03Z'; -- else: now()

-- step: What the function is told
SELECT what, session_id, by
  FROM session_events
 WHERE session_id LIKE 'S9%'
 ORDER BY event_id;
