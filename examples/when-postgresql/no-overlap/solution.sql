CREATE EXTENSION btree_gist;

CREATE TABLE bookings (
  room int NOT NULL,
  guest text NOT NULL,
  nights daterange NOT NULL,
  EXCLUDE USING gist (room WITH =, nights WITH &&)
);

-- step: Three bookings
INSERT INTO bookings
VALUES (7, 'Ada', '[2026-02-01, 2026-02-04)');

INSERT INTO bookings
VALUES (7, 'Cleo', '[2026-02-04, 2026-02-06)');

INSERT INTO bookings
VALUES (8, 'Dan', '[2026-02-01, 2026-02-28)');

-- step: One too many
INSERT INTO bookings
VALUES (7, 'Ben', '[2026-02-03, 2026-02-05)');
