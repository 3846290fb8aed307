CREATE TABLE entries (
  transfer int NOT NULL,
  account text NOT NULL,
  cents int NOT NULL CHECK (cents <> 0),
  PRIMARY KEY (transfer, account)
);

CREATE FUNCTION must_balance() RETURNS trigger AS $$
BEGIN
  IF (SELECT sum(cents) FROM entries
       WHERE transfer = NEW.transfer) <> 0 THEN
    RAISE check_violation
      USING MESSAGE = 'transfer ' || NEW.transfer
                      || ' does not balance';
  END IF;
  RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER balance
  AFTER INSERT OR UPDATE ON entries
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION must_balance();

-- step: 5.00 from shop to bank
BEGIN;
INSERT INTO entries VALUES (1, 'shop', -500);
INSERT INTO entries VALUES (1, 'bank', 500);
COMMIT;

-- step: 5.00 out, 4.99 in
BEGIN;
INSERT INTO entries VALUES (2, 'shop', -500);
INSERT INTO entries VALUES (2, 'bank', 499);
COMMIT;

-- step: What all accounts come to
SELECT count(*) AS entries, sum(cents) AS cents
  FROM entries;
