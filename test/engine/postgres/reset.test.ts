/** Whatever a reader does, a reset brings the snapshot back, and quickly. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

/** Everything that a script could leave behind, in one row. */
const STATE = `
  SELECT (SELECT md5(string_agg(o::text, ',' ORDER BY order_id)) FROM orders o) AS rows,
         (SELECT count(*) FROM pg_class) AS relations,
         (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute
           WHERE attrelid = 'orders'::regclass) AS columns,
         (SELECT count(*) FROM pg_proc) AS functions,
         (SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles) AS roles,
         current_user, session_user,
         (SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings
           WHERE name <> 'transaction_isolation') AS settings,
         (SELECT count(*) FROM pg_db_role_setting) AS role_settings,
         (SELECT count(*) FROM pg_prepared_xacts) AS prepared_transactions,
         (SELECT count(*) FROM pg_prepared_statements) AS prepared_statements,
         (SELECT count(*) FROM pg_cursors) AS cursors,
         (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
         (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS advisory_locks,
         (SELECT count(*) FROM pg_listening_channels()) AS channels,
         (SELECT nextval('counter')) AS sequence,
         pg_current_wal_lsn() AS wal,
         (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('base/5') f) AS files,
         (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('/tmp') f) AS other_files`;

/** One thing each that a reset must undo. */
const CHANGES: Record<string, string> = {
  rows: "UPDATE orders SET status = 'gone'; DELETE FROM order_items; TRUNCATE sessions",
  DDL: `ALTER TABLE orders ADD COLUMN extra int DEFAULT 7; DROP TABLE posts CASCADE;
        CREATE TABLE another AS SELECT g FROM generate_series(1, 20000) g; CREATE INDEX ON another (g);
        CREATE VIEW v AS SELECT 1 AS a; CREATE SCHEMA s; CREATE TYPE mood AS ENUM ('calm')`,
  functions: `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
              SELECT f(); SELECT to_tsvector('english', 'running dogs')`,
  roles: 'CREATE ROLE ann LOGIN; GRANT ALL ON orders TO ann; SET ROLE ann',
  settings: `SET work_mem = '9MB'; SET client_min_messages = error; SET search_path = pg_catalog;
             ALTER ROLE postgres SET work_mem = '8MB'; ALTER SYSTEM SET work_mem = '7MB'`,
  sequences: "SELECT nextval('counter'); SELECT setval('counter', 500)",
  'an open transaction': "BEGIN ISOLATION LEVEL SERIALIZABLE; UPDATE orders SET status = 'gone'",
  'a failed transaction': 'BEGIN; DELETE FROM order_items; SELECT 1 / 0',
  'a prepared transaction': "BEGIN; DELETE FROM sessions; PREPARE TRANSACTION 'parked'",
  'temporary tables': 'CREATE TEMP TABLE t AS SELECT g FROM generate_series(1, 5000) g',
  'large objects': "SELECT lo_from_bytea(0, '\\xdeadbeef')",
  'cursors and prepared statements': `DECLARE c CURSOR WITH HOLD FOR SELECT * FROM orders;
             FETCH 2 FROM c; PREPARE p AS SELECT 1; LISTEN news; SELECT pg_advisory_lock(7)`,
  files: "VACUUM FULL orders; COPY orders TO '/tmp/orders.csv'; CHECKPOINT; SELECT pg_switch_wal()",
  'work in memory':
    'SELECT count(*) FROM (SELECT g FROM generate_series(1, 200000) g ORDER BY -g) s',
};

/** The state that every reset must come back to: that of a new instance. */
async function state(pg: PostgresEngine) {
  await pg.reset('inkwell');
  await last(pg, 'CREATE SEQUENCE counter');
  return rowsOf(pg, STATE);
}

describe('a reset by image undoes', () => {
  let pg: PostgresEngine;
  const events: PostgresEvent[] = [];
  let untouched: Array<Array<string | null>>;
  beforeAll(async () => {
    pg = await openPostgres({ onEvent: (event) => events.push(event) });
    untouched = await state(pg);
  });
  afterAll(() => pg.close());

  it.each(Object.keys(CHANGES))('%s', async (change) => {
    await pg.reset('inkwell');
    await last(pg, 'CREATE SEQUENCE counter');
    const results = await runScript(pg, CHANGES[change] as string);
    const unexpected = results.filter(({ error }) => error && error.code !== '22012');
    expect(unexpected).toEqual([]);
    expect(await state(pg)).toEqual(untouched);
  });

  it('all of it at once, again and again, without building a new instance', async () => {
    for (let round = 0; round < 3; round += 1) {
      await runScript(pg, Object.values(CHANGES).join(';\n'));
      expect(await state(pg)).toEqual(untouched);
    }
    expect(events).toEqual([]);
  });

  it('all that a new instance undoes', async () => {
    const rebuilding = await openPostgres({
      resetBy: 'rebuild',
      onEvent: (event) => events.push(event),
    });
    expect(await state(rebuilding)).toEqual(untouched);
    await runScript(rebuilding, Object.values(CHANGES).join(';\n'));
    expect(await state(rebuilding)).toEqual(untouched);
    await rebuilding.close();
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'no-image' }]);
  });

  it('what is cached: the same statement costs the same', async () => {
    const statement = 'SELECT * FROM orders JOIN customers USING (customer_id)';
    const costs: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      await pg.reset('inkwell');
      costs.push((await last(pg, statement)).cost);
      await runScript(
        pg,
        `${statement}; SELECT * FROM posts; UPDATE customers SET order_count = 1`,
      );
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[2]).toEqual(costs[0]);
  });
});

describe('a reset by image', () => {
  let pg: PostgresEngine;
  const events: PostgresEvent[] = [];
  beforeAll(async () => {
    pg = await openPostgres({ onEvent: (event) => events.push(event) });
  });
  afterAll(() => pg.close());

  it('takes at most 0.15 of the time of a new instance', async () => {
    const rebuilding = await openPostgres({ resetBy: 'rebuild' });
    const work = "UPDATE orders SET status = 'x'; CREATE TABLE t (a int)";
    const times = { image: [] as number[], rebuild: [] as number[] };
    for (let round = 0; round < 5; round += 1) {
      for (const [kind, engine] of [
        ['rebuild', rebuilding],
        ['image', pg],
      ] as const) {
        await runScript(engine, work);
        const start = performance.now();
        await engine.reset('inkwell');
        times[kind].push(performance.now() - start);
      }
    }
    await rebuilding.close();
    expect(median(times.image)).toBeLessThanOrEqual(0.15 * median(times.rebuild));
  });

  it('is left for a new instance when the old one has grown too large', async () => {
    await last(
      pg,
      "SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 100)",
    );
    await pg.reset('inkwell');
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'memory' }]);
    expect(await rowsOf(pg, 'SELECT count(*) FROM posts')).not.toEqual([['0']]);
  });

  it('is left for a new instance when a library was loaded that the image lacks', async () => {
    await last(pg, "LOAD 'pgoutput'");
    await pg.reset('inkwell');
    expect(events.splice(0)).toMatchObject([{ event: 'rebuilt', reason: 'library' }]);
    expect((await last(pg, "LOAD 'pgoutput'")).tag).toBe('LOAD');
  });

  it('costs nothing when nothing was run', async () => {
    await pg.reset('inkwell');
    await pg.reset('inkwell');
    expect(await rowsOf(pg, 'SELECT 42')).toEqual([['42']]);
  });
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
