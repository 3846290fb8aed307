CREATE TYPE voucher_status AS ENUM ('new', 'used');
CREATE TABLE vouchers (
  code text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  percent int NOT NULL CHECK (percent BETWEEN 1 AND 90),
  status voucher_status NOT NULL DEFAULT 'new'
);
INSERT INTO vouchers VALUES ('INK10', 'C5678', 10);

-- step: Of no customer
INSERT INTO vouchers VALUES ('INK11', NULL, 10);

-- step: Of a customer who is not there
INSERT INTO vouchers VALUES ('INK12', 'C0000', 10);

-- step: With a code that is taken
INSERT INTO vouchers VALUES ('INK10', 'C5677', 50);

-- step: For 100 per cent
INSERT INTO vouchers VALUES ('INK13', 'C5678', 100);

-- step: In a state that does not exist
INSERT INTO vouchers VALUES ('INK14', 'C5678', 10, 'maybe');

-- step: What got in
SELECT code, customer_id, percent, status
  FROM vouchers
 ORDER BY code;
