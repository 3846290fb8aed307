-- Dollars an hour in one zone, us-east-1: t4g of April 2026,
-- the rest of 28 July 2026. A month has 730 hours.
CREATE TABLE instances (class text, hour numeric);

INSERT INTO instances
VALUES ('db.t4g.micro', 0.016),
       ('db.t4g.medium', 0.065),
       ('db.m6g.large', 0.159),
       ('db.m6g.2xlarge', 0.636);

-- step: Nobody comes
SELECT offer, round(hour * 730 + gb * price, 2) AS dollars
  FROM (VALUES ('RDS db.t4g.micro', 0.016, 20, 0.115),
               ('Aurora paused', 0, 10, 0.1),
               ('Aurora awake', 0.12 / 2, 10, 0.1))
    AS idle (offer, hour, gb, price);

-- step: Ten times, a hundred times
SELECT class, round(hour * 730, 2) AS dollars
  FROM instances
 ORDER BY hour;
