CREATE EXTENSION btree_gist;

CREATE TABLE bookings (
  room int NOT NULL,
  guest text NOT NULL,
  nights daterange NOT NULL,
  EXCLUDE USING gist (room WITH =, nights WITH &&)
);

-- step: Room 7, three nights
INSERT INTO bookings
VALUES (7, 'Ada', '[2026-02-01, 2026-02-04)');

-- step: One night in the middle
INSERT INTO bookings
VALUES (7, 'Ben', '[2026-02-02, 2026-02-03)');

-- step: From the day of departure
INSERT INTO bookings
VALUES (7, 'Cleo', '[2026-02-04, 2026-02-06)');

-- step: A season of 120 nights
INSERT INTO bookings
VALUES (8, 'Dan', '[2026-03-01, 2026-06-29)');

-- step: The same rule as a key
CREATE TABLE prices (
  room int,
  valid daterange,
  usd numeric NOT NULL,
  PRIMARY KEY (room, valid WITHOUT OVERLAPS)
);

INSERT INTO prices
VALUES (7, '[2026-01-01, 2026-07-01)', 120);

INSERT INTO prices
VALUES (7, '[2026-06-01, 2026-09-01)', 150);
