CREATE TABLE votes (pen int PRIMARY KEY, votes int NOT NULL)
  WITH (autovacuum_enabled = false);
INSERT INTO votes
SELECT pen, 0 FROM generate_series(1, 40) AS pen;

-- step: Forty votes for forty pens
DO $$
BEGIN
  FOR n IN 1..40 LOOP
    UPDATE votes SET votes = votes + 1 WHERE pen = n;
    COMMIT;
  END LOOP;
END $$;
SELECT ctid, pen, votes
  FROM votes
 WHERE pen <= 2
 ORDER BY pen;

-- step: Forty votes for one pen
DO $$
BEGIN
  FOR n IN 1..40 LOOP
    UPDATE votes SET votes = votes + 1 WHERE pen = 1;
    COMMIT;
  END LOOP;
END $$;
SELECT ctid, pen, votes
  FROM votes
 WHERE pen <= 2
 ORDER BY pen;

-- step: The forty added up first
UPDATE votes SET votes = votes + 40 WHERE pen = 2;
SELECT ctid, pen, votes
  FROM votes
 WHERE pen <= 2
 ORDER BY pen;

-- step: What was counted
SELECT pen, votes FROM votes WHERE votes > 1 ORDER BY pen;
