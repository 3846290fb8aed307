-- step: Make the aggregate
CREATE FUNCTION longer(a text, b text)
RETURNS text STRICT IMMUTABLE
RETURN CASE WHEN length(b) > length(a) THEN b ELSE a END;

CREATE AGGREGATE longest(text) (
  SFUNC = longer,
  STYPE = text
);

-- step: Use it
SELECT longest(title ORDER BY post_id)
  FROM posts;
