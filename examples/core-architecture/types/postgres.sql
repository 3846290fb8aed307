-- step: Lists and sets
CREATE TABLE members (member int PRIMARY KEY, roles text[]);
INSERT INTO members VALUES (1, '{User,Editor}');

-- step: An empty set
INSERT INTO members VALUES (2, '{}');

-- step: The same member twice
INSERT INTO members VALUES (3, '{User,User}');

-- step: 39 digits
CREATE TABLE digits (n numeric);
INSERT INTO digits
VALUES (123456789012345678901234567890123456789)
RETURNING n, n::float8 AS as_javascript_has_it;

-- step: A day that does not exist
SELECT date '2024-02-30';

-- step: A moment
SET timezone = 'Asia/Tokyo';
SELECT to_timestamp(1615420800) AS timestamptz,
       timestamp '2021-03-11 00:00' AS timestamp;
