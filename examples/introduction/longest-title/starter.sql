-- step: Make the aggregate
CREATE AGGREGATE longest(text) (
  SFUNC = text_larger,
  STYPE = text
);

-- step: Use it
SELECT longest(title ORDER BY post_id)
  FROM posts;
