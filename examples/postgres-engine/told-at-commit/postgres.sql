CREATE FUNCTION tell() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE 'placing %', NEW.order_id;
  PERFORM pg_notify('orders', NEW.order_id);
  RETURN NEW;
END $$;

CREATE TRIGGER told AFTER INSERT ON orders
FOR EACH ROW EXECUTE FUNCTION tell();

LISTEN orders;

-- step: An order that is undone
BEGIN;

INSERT INTO orders
VALUES ('O1234', 'C5678', 99.95, 'Pending');

ROLLBACK;

-- step: An order that stays
BEGIN;

INSERT INTO orders
VALUES ('O1234', 'C5678', 99.95, 'Pending');

SELECT pg_notify('orders', 'O1234'); -- once more

COMMIT;

-- step: Come too late
UNLISTEN orders;

INSERT INTO orders
VALUES ('O1235', 'C5678', 4.50, 'Pending');

LISTEN orders;
