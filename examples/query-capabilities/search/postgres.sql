CREATE EXTENSION pg_trgm;

-- step: A post to be found
INSERT INTO posts VALUES
  (1001, 'U12346', 'Pens', 'The market for fountain pens '
   'grows, and so do the queues.', '2025-01-02 09:00Z', 0);

-- step: Words
SELECT post_id, body
  FROM posts
 WHERE to_tsvector('english', body)
       @@ websearch_to_tsquery('english',
                               'Growing fountain pen');

-- step: Words, by an index
CREATE INDEX posts_words ON posts
 USING gin (to_tsvector('english', body));

SELECT post_id, ts_headline('english', body, query) AS found
  FROM posts,
       websearch_to_tsquery('english',
                            'Growing fountain pen') AS query
 WHERE to_tsvector('english', body) @@ query;

-- step: A misspelt word
SELECT title,
       max(word_similarity('replikas', title))::numeric(3,2)
         AS near
  FROM posts
 GROUP BY title
 ORDER BY near DESC, title
 LIMIT 3;
