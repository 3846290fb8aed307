CREATE TABLE user_profiles (
  user_id VARCHAR(10) PRIMARY KEY,
  profile JSONB NOT NULL
);
INSERT INTO user_profiles
SELECT 'X' || n, jsonb_build_object('preferences',
         jsonb_build_object('theme', CASE
           WHEN n % 1000 = 0 THEN 'Sepia' ELSE 'Light' END))
  FROM generate_series(1, 20000) AS n;

-- step: An index
CREATE INDEX ON user_profiles
 USING gin (profile jsonb_path_ops);
ANALYZE user_profiles;

-- step: Who likes Sepia?
SELECT count(*)
  FROM user_profiles
 WHERE profile @> '{"preferences": {"theme": "Sepia"}}';
