-- step: Store it
CREATE TABLE user_preferences (
  user_id VARCHAR(10) REFERENCES users(user_id),
  theme VARCHAR(50) DEFAULT 'Light',
  email_notifications BOOLEAN DEFAULT TRUE,
  mobile_notifications BOOLEAN DEFAULT FALSE,
  PRIMARY KEY (user_id)
);

CREATE TABLE user_roles (
  user_id VARCHAR(10) REFERENCES users(user_id),
  role VARCHAR(50) NOT NULL,
  PRIMARY KEY (user_id, role)
);

-- here the facts are in users.attributes already
INSERT INTO user_preferences
SELECT user_id, p->>'theme',
       (p->>'emailNotifications')::boolean,
       (p->>'mobileNotifications')::boolean
  FROM users, jsonb_extract_path(attributes, 'preferences') AS p;

INSERT INTO user_roles
SELECT user_id, jsonb_array_elements_text(attributes->'roles')
  FROM users;

-- step: Read the whole user
SELECT username, email, theme, email_notifications,
       array_agg(role ORDER BY role DESC) AS roles
  FROM users -- = table
  JOIN user_preferences USING (user_id) -- = table
  JOIN user_roles USING (user_id) -- = table
 WHERE user_id = 'U12345' -- = key
 GROUP BY username, email, theme, email_notifications;

-- step: Who are the editors?
SELECT user_id -- = columns "user_id"
  FROM user_roles
 WHERE role = 'Editor' -- = filter
 ORDER BY user_id;

-- step: Change one preference
UPDATE user_preferences
   SET theme = 'Light' -- = set
 WHERE user_id = 'U12345'; -- = key

-- step: One column
CREATE TABLE documents (doc jsonb);

INSERT INTO documents VALUES
  ('{"UserID": "U12345", "Roles": ["User", "Editor"]}'),
  ('{"UserID": "U12345", "Roles": "none"}'),
  ('["no", "user", "at", "all"]');

SELECT doc->>'UserID' AS user_id, jsonb_typeof(doc->'Roles')
  FROM documents;
