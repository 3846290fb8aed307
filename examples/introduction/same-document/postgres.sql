CREATE TABLE settings (
  user_id text PRIMARY KEY,
  doc jsonb NOT NULL
);

-- step: Store it and read it
INSERT INTO settings
VALUES ('U90001', '{
  "theme": "Dark",
  "lineHeight": 1.50,
  "notify": { "email": true, "mobile": false },
  "langs": ["en", "de"]
}');
SELECT doc FROM settings WHERE user_id = 'U90001';

-- step: Is it the same?
WITH other (sent) AS (VALUES ('{
  "langs": ["en", "de"],
  "notify": { "mobile": false, "email": true },
  "lineHeight": 1.5,
  "theme": "Dark"
}'))
SELECT doc = sent::jsonb AS same_document,
       doc::text = sent AS same_text
  FROM settings, other
 WHERE user_id = 'U90001';

-- step: Read one value inside
SELECT doc -> 'notify' ->> 'email' AS by_email -- = path "doc -> 'notify' ->> 'email'"
  FROM settings
 WHERE user_id = 'U90001';

-- step: Change one value inside
UPDATE settings
   SET doc['theme'] = '"Light"' -- = path "doc['theme']"
 WHERE user_id = 'U90001';

-- step: What JSON does not have
CREATE EXTENSION hstore;
SELECT pairs -> 'theme' AS theme,
       pairs -> 'language' AS language
  FROM (VALUES ('theme=>Dark, language=>en-US'::hstore))
       AS old (pairs);
