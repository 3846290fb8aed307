-- step: The original model
CREATE TABLE users (
  user_id VARCHAR(10) PRIMARY KEY,
  username VARCHAR(50) UNIQUE NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL
);

-- step: The migration
BEGIN;

-- Add new columns
ALTER TABLE users ADD COLUMN phone_number VARCHAR(20);
ALTER TABLE users ADD COLUMN verification_status VARCHAR(20);

-- Add new table for security settings
CREATE TABLE user_security_settings (
  user_id VARCHAR(10) PRIMARY KEY REFERENCES users(user_id),
  two_factor_enabled BOOLEAN DEFAULT FALSE,
  last_password_change DATE
);

COMMIT;

-- step: The hybrid table, as printed
-- Hybrid approach with structured and semi-structured data
CREATE TABLE users (
  user_id VARCHAR(10) PRIMARY KEY,
  username VARCHAR(50) UNIQUE NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL,
  -- Core fields as columns
  created_at TIMESTAMP NOT NULL DEFAULT NOW(),
  -- Flexible attributes as JSONB
  attributes JSONB DEFAULT '{}'::jsonb
);

-- Add data with flexible schema
INSERT INTO users (user_id, username, email, attributes)
VALUES (
  'U12345',
  'johndoe',
  'john@example.com',
  '{
    "phoneNumber": "+1234567890",
    "preferences": {
      "theme": "Dark",
      "language": "en-US"
    },
    "devices": [
      {"id": "d1", "type": "mobile", "lastSeen": "2024-03-10"},
      {"id": "d2", "type": "tablet", "lastSeen": "2024-02-25"}
    ]
  }'
);

-- step: In a schema of its own
CREATE SCHEMA hybrid;
SET search_path = hybrid, public;

CREATE TABLE users (
  user_id VARCHAR(10) PRIMARY KEY,
  username VARCHAR(50) UNIQUE NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL,
  -- Core fields as columns
  created_at TIMESTAMP NOT NULL DEFAULT NOW(),
  -- Flexible attributes as JSONB
  attributes JSONB DEFAULT '{}'::jsonb
);

INSERT INTO users (user_id, username, email, attributes)
VALUES (
  'U12345',
  'johndoe',
  'john@example.com',
  '{
    "phoneNumber": "+1234567890",
    "preferences": {"theme": "Dark", "language": "en-US"},
    "devices": [
      {"id": "d1", "type": "mobile", "lastSeen": "2024-03-10"},
      {"id": "d2", "type": "tablet", "lastSeen": "2024-02-25"}
    ]
  }'
);

-- step: Ask the document
SELECT user_id, username,
       attributes->>'phoneNumber' AS phone,
       attributes->'preferences'->>'theme' AS theme
  FROM users
 WHERE attributes->'preferences'->>'language' = 'en-US';

-- step: With a GIN index
-- 20,000 users more, who speak other languages
INSERT INTO users (user_id, username, email, attributes)
SELECT 'X' || n, 'user' || n, n || '@example.com',
       '{"preferences": {"language": "de-DE"}}'
  FROM generate_series(1, 20000) AS n;

CREATE INDEX users_by_content
    ON users USING gin (attributes jsonb_path_ops);
ANALYZE users;

SELECT user_id
  FROM users
 WHERE attributes->'preferences'->>'language' = 'en-US';

-- step: In words that GIN knows
SELECT user_id
  FROM users
 WHERE attributes @> '{"preferences": {"language": "en-US"}}';

-- step: With an index for it
CREATE INDEX users_by_language
    ON users ((attributes->'preferences'->>'language'));
ANALYZE users;

SELECT user_id, username,
       attributes->>'phoneNumber' AS phone,
       attributes->'preferences'->>'theme' AS theme
  FROM users
 WHERE attributes->'preferences'->>'language' = 'en-US';
