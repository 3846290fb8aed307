CREATE TABLE articles (
  article_id int PRIMARY KEY,
  title text NOT NULL,
  published boolean NOT NULL DEFAULT false,
  body text NOT NULL
);
-- Stored as it is, so that 299 KB are 299 KB.
ALTER TABLE articles ALTER COLUMN body SET STORAGE EXTERNAL;

-- step: Store an article of 300 KB
INSERT INTO articles (article_id, title, body)
VALUES (1, 'On ink', repeat('x', 299 * 1024));

-- step: Publish it
UPDATE articles
   SET published = true
 WHERE article_id = 1;

-- step: Read both titles
SELECT title, octet_length(body) AS bytes
  FROM articles;
