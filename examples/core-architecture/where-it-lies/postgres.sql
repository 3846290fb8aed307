-- step: Four parts
CREATE TABLE parts (
  post_id int,
  user_id text,
  title text,
  PRIMARY KEY (user_id, post_id)
) PARTITION BY HASH (user_id);

CREATE TABLE part_0 PARTITION OF parts
  FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE part_1 PARTITION OF parts
  FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE part_2 PARTITION OF parts
  FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE part_3 PARTITION OF parts
  FOR VALUES WITH (MODULUS 4, REMAINDER 3);

INSERT INTO parts SELECT post_id, user_id, title FROM posts;

SELECT tableoid::regclass::text AS part, count(*) AS posts,
       count(*) FILTER (WHERE user_id = 'U12345') AS of_john
  FROM parts
 GROUP BY part
 ORDER BY part;

-- step: One user
SELECT count(*) FROM parts WHERE user_id = 'U12345';

-- step: A range of users
SELECT count(*)
  FROM parts
 WHERE user_id >= 'U12345' AND user_id <= 'U12350';
