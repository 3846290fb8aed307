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
SELECT round(100 * unit.usd /
             (request.usd / 1000000 * 3600), 1) AS percent
  FROM prices AS unit, prices AS request
 WHERE unit.offer = 'write unit hour'
   AND request.offer = 'million write requests';

-- step: Ask it
SELECT percent FROM break_even;
