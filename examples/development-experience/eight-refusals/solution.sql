CREATE TABLE bookings (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  room text NOT NULL,
  day date NOT NULL,
  UNIQUE (room, day)
);
ALTER TABLE inventory ADD CHECK (stock >= 0);

-- step: A good booking
INSERT INTO bookings VALUES ('B1', 'U12345', 'R1', '2025-03-01');

-- step: A number that is taken
INSERT INTO bookings VALUES ('B1', 'U12346', 'R2', '2025-03-01');

-- step: A room that is taken
INSERT INTO bookings VALUES ('B2', 'U12346', 'R1', '2025-03-01');

-- step: A user that is not there
INSERT INTO bookings VALUES ('B3', 'U99999', 'R3', '2025-03-01');

-- step: Two pens of one
UPDATE inventory SET stock = stock - 1 WHERE product_id = 'P9012';
UPDATE inventory SET stock = stock - 1 WHERE product_id = 'P9012';
