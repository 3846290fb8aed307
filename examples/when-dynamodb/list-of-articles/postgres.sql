CREATE TABLE articles (
  article_id int PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL
);
-- Stored as it is, so that 40 KB are 40 KB.
ALTER TABLE articles ALTER COLUMN body SET STORAGE EXTERNAL;

INSERT INTO articles
SELECT n, 'Article ' || n, repeat('x', 40 * 1024 - 50)
  FROM generate_series(10, 39) AS n;

-- step: An article of 401 KB
INSERT INTO articles
VALUES (99, 'Article 99', repeat('x', 401 * 1024));

-- step: Titles, bodies inside
SELECT title
  FROM articles
 WHERE article_id < 40
 ORDER BY article_id;
