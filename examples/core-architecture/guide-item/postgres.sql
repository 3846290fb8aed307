-- step: As printed
CREATE TABLE documents (doc jsonb NOT NULL);

INSERT INTO documents VALUES ('{
  "UserID": "U12345",
  "Username": "johndoe",
  "Email": "john@example.com",
  "SignupDate": 1615420800,
  "LastLoginDate": 1625097600,
  "Preferences": {
    "Theme": "Dark",
    "EmailNotifications": true,
    "MobileNotifications": false
  },
  "Roles": ["User", "Editor"],
  "PostCount": 42,
  "IsActive": true
}');

-- step: With its types
SELECT key, jsonb_typeof(value)
  FROM documents, jsonb_each(doc)
 ORDER BY key COLLATE "C";

-- step: How large is it?
SELECT octet_length(doc::text) AS as_text,
       pg_column_size(doc) AS as_jsonb
  FROM documents;
