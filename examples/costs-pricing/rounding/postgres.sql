-- step: A write
CREATE TABLE documents (
  document_id text PRIMARY KEY,
  edits int NOT NULL DEFAULT 0,
  body text NOT NULL
);

INSERT INTO documents (document_id, body)
VALUES ('S', repeat('x', 1024)), ('T', repeat('x', 1025));

-- step: A read
SELECT length(body) FROM documents WHERE document_id = 'S';

-- step: One attribute of many
INSERT INTO documents (document_id, body)
VALUES ('L', repeat('lorem ipsum ', 25600));

UPDATE documents
   SET edits = edits + 1
 WHERE document_id = 'L';

SELECT length(body) AS bytes,
       pg_column_size(body) AS stored
  FROM documents
 WHERE document_id = 'L';

-- step: Ask for less
SELECT edits FROM documents WHERE document_id = 'L';

SELECT body LIKE '%dolor%' AS found
  FROM documents
 WHERE document_id = 'L';
