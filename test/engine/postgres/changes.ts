/** One thing each that a script can do to a PostgreSQL, and that a reset must undo. */
export const CHANGES: Readonly<Record<string, string>> = {
  rows: "UPDATE orders SET status = 'gone'; DELETE FROM order_items; TRUNCATE sessions",
  DDL: `ALTER TABLE orders ADD COLUMN extra int DEFAULT 7; DROP TABLE posts CASCADE;
        CREATE TABLE another AS SELECT g FROM generate_series(1, 20000) g; CREATE INDEX ON another (g);
        CREATE VIEW v AS SELECT 1 AS a; CREATE SCHEMA s; CREATE TYPE mood AS ENUM ('calm')`,
  functions: `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
              SELECT f(); SELECT to_tsvector('english', 'running dogs')`,
  roles: 'CREATE ROLE ann LOGIN; GRANT ALL ON orders TO ann; SET ROLE ann',
  'the session of another role': 'CREATE ROLE bob SUPERUSER; SET SESSION AUTHORIZATION bob',
  settings: `SET work_mem = '9MB'; SET client_min_messages = error; SET search_path = pg_catalog;
             ALTER ROLE postgres SET work_mem = '8MB'; ALTER SYSTEM SET work_mem = '7MB'`,
  'settings of the database': `ALTER DATABASE postgres SET work_mem = '6MB';
             ALTER ROLE ALL IN DATABASE postgres SET search_path = pg_catalog; SET my.own = 'x'`,
  sequences: "SELECT nextval('counter'); SELECT setval('counter', 500)",
  'an open transaction': "BEGIN ISOLATION LEVEL SERIALIZABLE; UPDATE orders SET status = 'gone'",
  'a failed transaction': 'BEGIN; DELETE FROM order_items; SELECT 1 / 0',
  'savepoints and what is local': `BEGIN; SET LOCAL work_mem = '5MB'; SAVEPOINT a; CREATE TABLE deep ();
             SAVEPOINT b; DECLARE c CURSOR FOR SELECT 1; FETCH c; SET CONSTRAINTS ALL DEFERRED`,
  'a prepared transaction': "BEGIN; DELETE FROM sessions; PREPARE TRANSACTION 'parked'",
  'temporary tables': 'CREATE TEMP TABLE t AS SELECT g FROM generate_series(1, 5000) g',
  'temporary objects': `CREATE TEMP SEQUENCE ts; SELECT nextval('ts'); CREATE TEMP VIEW tv AS SELECT 1 AS a;
             CREATE FUNCTION pg_temp.tf() RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT pg_temp.tf()`,
  'large objects': "SELECT lo_from_bytea(0, '\\xdeadbeef')",
  'cursors and prepared statements': `DECLARE c CURSOR WITH HOLD FOR SELECT * FROM orders;
             FETCH 2 FROM c; PREPARE p AS SELECT 1; LISTEN news; SELECT pg_advisory_lock(7)`,
  notifications: "LISTEN news; NOTIFY news, 'one'; BEGIN; NOTIFY news, 'never sent'",
  'advisory locks': 'SELECT pg_advisory_lock(1), pg_advisory_lock_shared(2, 3)',
  comments: `COMMENT ON TABLE orders IS 'x'; COMMENT ON DATABASE postgres IS 'y'; COMMENT ON ROLE postgres IS 'z'`,
  privileges: `CREATE ROLE eve; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO eve;
             GRANT pg_read_all_data TO eve; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT SET ON PARAMETER work_mem TO eve`,
  'row-level security': `ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
             CREATE POLICY none ON orders USING (false)`,
  'event triggers': `CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'no'; END $$;
             CREATE EVENT TRIGGER no ON ddl_command_start EXECUTE FUNCTION no()`,
  'triggers and rules': `CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
             CREATE TRIGGER stop BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stop();
             CREATE RULE nothing AS ON DELETE TO orders DO INSTEAD NOTHING`,
  statistics: `ALTER TABLE orders ALTER status SET STATISTICS 5; CREATE STATISTICS pair ON status, customer_id FROM orders;
             ANALYZE orders; SELECT pg_stat_reset()`,
  counters: `SELECT count(*) FROM orders; SELECT * FROM orders WHERE order_id = 'nope';
             UPDATE orders SET status = status; SELECT pg_stat_force_next_flush()`,
  'seeds of chance': 'SELECT setseed(0.5); SELECT random()',
  extensions: 'CREATE EXTENSION plpgsql_nope; DROP EXTENSION plpgsql CASCADE',
  'publications and slots': `CREATE PUBLICATION everything FOR ALL TABLES;
             SELECT pg_create_physical_replication_slot('slot', true)`,
  collations: `CREATE COLLATION mine FROM "C"; CREATE TEXT SEARCH CONFIGURATION mine (COPY = english);
             CREATE CAST (text AS point) WITH INOUT; CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)`,
  files: "VACUUM FULL orders; COPY orders TO '/tmp/orders.csv'; CHECKPOINT; SELECT pg_switch_wal()",
  'work in memory':
    'SELECT count(*) FROM (SELECT g FROM generate_series(1, 200000) g ORDER BY -g) s',
};

/** Errors that these changes are about: what comes after them is a failed transaction, or an extension that is not there. */
export const EXPECTED_ERRORS: readonly string[] = ['22012', '0A000'];
