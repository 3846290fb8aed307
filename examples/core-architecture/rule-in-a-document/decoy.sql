-- step: The table
CREATE TABLE gifts (
  id int PRIMARY KEY,
  data jsonb NOT NULL CHECK (
    jsonb_typeof(data->'price') = 'number')
);

-- step: A good document
INSERT INTO gifts VALUES (1, '{"price": 4.5}');

-- step: A text
INSERT INTO gifts VALUES (2, '{"price": "ten"}');

-- step: A misspelt name
INSERT INTO gifts VALUES (3, '{"prize": 4.5}');
