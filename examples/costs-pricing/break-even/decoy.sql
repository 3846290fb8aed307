CREATE TABLE prices (
  offer text PRIMARY KEY,
  usd numeric NOT NULL
);

-- Dollars: a million requests, one unit for an hour.
INSERT INTO prices
VALUES ('million write requests', 0.625),
       ('write unit hour', 0.00065);

-- step: The view
CREATE VIEW break_even AS
SELECT 28.9 AS percent;

-- step: Ask it
SELECT percent FROM break_even;
