-- step: Make the aggregate
CREATE FUNCTION longest_title(text, text)
RETURNS text
BEGIN ATOMIC
  SELECT title
    FROM posts
   ORDER BY length(title) DESC, post_id
   LIMIT 1;
END;

CREATE AGGREGATE longest(text) (
  SFUNC = longest_title,
  STYPE = text
);

-- step: Use it
SELECT longest(title ORDER BY post_id)
  FROM posts;
