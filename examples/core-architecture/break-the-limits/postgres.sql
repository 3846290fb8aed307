-- 640,000 letters that do not compress
UPDATE posts
   SET body = (SELECT string_agg(md5(n::text), '')
                 FROM generate_series(1, 20000) AS n)
 WHERE post_id = 2;

-- step: As large as it may be
UPDATE posts
   SET body = repeat('x', 5 * 1024 * 1024)
 WHERE post_id = 1;

SELECT octet_length(body) AS bytes,
       pg_column_size(body) AS bytes_stored
  FROM posts
 WHERE post_id = 1;

-- step: A flag beside it
UPDATE posts SET views = 0 WHERE post_id = 2;

-- step: 1,601 columns
DO $$
BEGIN
  EXECUTE 'CREATE TABLE wide (' || (
    SELECT string_agg('c' || n || ' int', ', ')
      FROM generate_series(1, 1601) AS n) || ')';
END
$$;

-- step: A very long key
-- 100 hashes, because a repeated letter would be compressed
INSERT INTO users (user_id, username, email, signup_date)
SELECT string_agg(md5(n::text), ''), 'long', 'long@example.com',
       '2025-01-01 00:00Z'
  FROM generate_series(1, 100) AS n;
