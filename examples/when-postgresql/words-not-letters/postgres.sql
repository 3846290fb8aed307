CREATE INDEX posts_words ON posts
 USING gin (to_tsvector('english', title || ' ' || body));
ANALYZE posts;

-- step: Queues splitting, praised
SELECT count(*)
  FROM posts
 WHERE to_tsvector('english', title || ' ' || body)
       @@ websearch_to_tsquery('english', '"queues splitting" praised');

-- step: The best of them first
SELECT post_id, title,
       ts_rank_cd(
         setweight(to_tsvector('english', title), 'A')
           || to_tsvector('english', body), query
       )::numeric(6, 2) AS rank
  FROM posts,
       websearch_to_tsquery('english', '"queues splitting" praised')
         AS query
 WHERE to_tsvector('english', title || ' ' || body) @@ query
 ORDER BY rank DESC, post_id
 LIMIT 3;
