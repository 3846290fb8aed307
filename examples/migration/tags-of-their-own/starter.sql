-- step: What the export brought
CREATE TABLE stage (line jsonb);
INSERT INTO stage
SELECT jsonb_build_object('Item', jsonb_build_object(
         'PostID', jsonb_build_object('N', post_id::text),
         'Title', jsonb_build_object('S', title),
         'Tags', jsonb_build_object('L', (
           SELECT jsonb_agg(jsonb_build_object('S', t.name))
             FROM post_tags pt JOIN tags t USING (tag_id)
            WHERE pt.post_id = p.post_id))))
  FROM posts p;

-- step: Move the posts
CREATE TABLE moved_posts (
  post_id int PRIMARY KEY,
  title text NOT NULL,
  tags text[] NOT NULL
);
INSERT INTO moved_posts
SELECT (line #>> '{Item,PostID,N}')::int,
       line #>> '{Item,Title,S}',
       ARRAY(SELECT tag ->> 'S'
               FROM jsonb_array_elements(
                      line #> '{Item,Tags,L}') AS tag)
  FROM stage;

-- step: Which posts are about AWS?
SELECT count(*) FROM moved_posts WHERE 'AWS' = ANY (tags);
