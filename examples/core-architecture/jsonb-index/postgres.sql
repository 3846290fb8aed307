-- step: The guide's documents
-- Store JSON directly in a table
CREATE TABLE user_profiles (
  user_id VARCHAR(10) PRIMARY KEY,
  profile JSONB NOT NULL
);

-- Insert document data
INSERT INTO user_profiles VALUES (
  'U12345',
  '{
    "username": "johndoe",
    "preferences": {
      "theme": "Dark",
      "notifications": true
    },
    "roles": ["User", "Editor"]
  }'
);

-- Query JSON data
SELECT user_id
FROM user_profiles
WHERE profile->'preferences'->>'theme' = 'Dark'
AND 'Editor' = ANY(SELECT jsonb_array_elements_text(profile->'roles'));

-- and 20,000 more: one in five is dark, one in 400 an editor
INSERT INTO user_profiles
SELECT 'X' || n, jsonb_build_object(
         'username', 'user' || n,
         'preferences', jsonb_build_object('theme',
           CASE WHEN n % 5 = 0 THEN 'Dark' ELSE 'Light' END),
         'roles', CASE WHEN n % 400 = 0
           THEN '["User", "Editor"]'::jsonb
           ELSE '["User"]'::jsonb END)
  FROM generate_series(1, 20000) AS n;

ANALYZE user_profiles;

-- step: The guide's question
SELECT count(*) -- = count "count(*)"
  FROM user_profiles
 WHERE profile->'preferences'->>'theme' = 'Dark' -- = theme "profile->'preferences'->>'theme' = 'Dark'"
   AND 'Editor' = ANY( -- = role "'Editor' = ANY("
         SELECT jsonb_array_elements_text(profile->'roles')); -- = role "SELECT jsonb_array_elements_text(profile->'roles')"

-- step: An index, and the same question
CREATE INDEX profiles_by_content
    ON user_profiles USING gin (profile jsonb_path_ops);

SELECT count(*)
  FROM user_profiles
 WHERE profile->'preferences'->>'theme' = 'Dark'
   AND 'Editor' = ANY(
         SELECT jsonb_array_elements_text(profile->'roles'));

-- step: Ask so that it helps
SELECT count(*)
  FROM user_profiles
 WHERE profile @> '{
         "preferences": {"theme": "Dark"},
         "roles": ["Editor"]
       }';

-- step: By a path
SELECT count(*)
  FROM user_profiles
 WHERE profile @? '$ ? (@.preferences.theme == "Dark"
                    && @.roles[*] == "Editor")';

SELECT jsonb_path_query_array(profile, '$.roles[*]') AS roles,
       jsonb_set(profile, '{preferences,theme}', '"Light"')
         ->'preferences' AS changed
  FROM user_profiles
 WHERE user_id = 'U12345';
