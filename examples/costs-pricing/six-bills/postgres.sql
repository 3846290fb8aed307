-- Dollars an hour in one zone, us-east-1, April 2026;
-- gp3 of 28 July 2026. A second zone doubles both.
CREATE TABLE instances (class text, hour numeric);

INSERT INTO instances
VALUES ('db.t3.micro', 0.018),
       ('db.m5.large', 0.178),
       ('db.r5.2xlarge', 1);

CREATE FUNCTION month_of(class text, gb int) RETURNS numeric
RETURN (SELECT hour * 730 + gb * 0.115
          FROM instances AS i
         WHERE i.class = month_of.class);

-- step: Small
SELECT round(month_of('db.t3.micro', 20), 2) AS total;

-- step: Medium
SELECT round(2 * month_of('db.m5.large', 100), 2) AS total;

-- step: Large
SELECT round(2 * price, 2) AS alone,
       round(price, 2) AS replica,
       round(3 * price, 2) AS total
  FROM month_of('db.r5.2xlarge', 500) AS price;
