CREATE TABLE post_counts AS
SELECT user_id, count(*) AS n FROM posts GROUP BY user_id;

CREATE FUNCTION count_post() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE post_counts SET n = n + 1
   WHERE user_id = NEW.user_id;
  RETURN NULL;
END $$;

CREATE TRIGGER count_posts AFTER INSERT ON posts
FOR EACH ROW EXECUTE FUNCTION count_post();

-- step: A post is counted
INSERT INTO posts VALUES
  (1001, 'U12345', 'A new year of keys', 'Short.',
   '2025-01-02 09:00Z', 0);
SELECT n FROM post_counts WHERE user_id = 'U12345';

-- step: Two posts are taken back
BEGIN;
INSERT INTO posts
SELECT n, 'U12345', 'Draft', 'Short.', '2025-01-03 09:00Z', 0
  FROM generate_series(1002, 1003) AS n;
ROLLBACK;
SELECT n FROM post_counts WHERE user_id = 'U12345';

-- step: Close the old orders
CREATE PROCEDURE close_old_orders()
LANGUAGE plpgsql AS $$
BEGIN
  FOR month IN 3..5 LOOP
    UPDATE orders
       SET status = 'Closed'
     WHERE extract(month FROM created_at) = month;
    IF month = 5 THEN
      RAISE EXCEPTION 'the power is out';
    END IF;
    COMMIT;
  END LOOP;
END $$;

CALL close_old_orders();

-- step: What is closed
SELECT extract(month FROM created_at) AS month, count(*)
  FROM orders
 WHERE status = 'Closed'
 GROUP BY month
 ORDER BY month;

-- step: A language for it
SELECT lanname, lanpltrusted
  FROM pg_language
 WHERE lanispl;
CREATE FUNCTION greet() RETURNS text
LANGUAGE python AS $$ return 'hello' $$;

-- step: A rule over two tables
CREATE ASSERTION every_post_counted CHECK (
  (SELECT count(*) FROM posts)
  = (SELECT sum(n) FROM post_counts)
);
