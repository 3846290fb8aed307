/** What a data browser is told about the database, and that the session never notices. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TupleVersion } from '../../../src/engine/lab/inspect.ts';
import type { PostgresEngine, PostgresEvent } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
const events: PostgresEvent[] = [];
beforeAll(async () => {
  pg = await openPostgres({ onEvent: (event) => events.push(event) });
});
afterAll(() => pg.close());
beforeEach(async () => {
  await pg.reset('inkwell');
  events.length = 0;
});

const tableOf = async (name: string) => {
  const found = (await pg.describe()).tables.find((table) => table.name === name);
  if (!found) throw new Error(`there is no table ${name}`);
  return found;
};

/** The versions of a table's rows, page by page. */
const versionsOf = async (name: string): Promise<TupleVersion[]> => {
  const { pages } = await pg.inspectPages({ schema: 'public', name });
  return pages.flatMap(({ tuples }) =>
    tuples.flatMap((tuple) => (tuple.pointer === 'normal' ? [tuple.version] : [])),
  );
};

describe('a database is described', () => {
  it('with all tables of the dataset, and what refers to what', async () => {
    const description = await pg.describe();
    expect(description).toMatchObject({ engine: 'postgres', name: 'postgres', notes: [] });
    expect(description.postgres).toMatchObject({
      schemas: ['public'],
      transaction: 'none',
      role: 'postgres',
    });
    const names = description.tables.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(description.dependencies).toContainEqual({
      kind: 'foreign key',
      from: { schema: 'public', name: 'order_items' },
      to: { schema: 'public', name: 'orders' },
      constraint: 'order_items_order_id_fkey',
      fromColumns: ['order_id'],
      toColumns: ['order_id'],
    });
    // A data browser gets it from a Worker, and may store it.
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });

  it('a table with its columns, key, constraints, indexes and sizes', async () => {
    await last(
      pg,
      `CREATE TABLE stock (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         name varchar(20) NOT NULL DEFAULT 'none',
         price numeric(10,2) CHECK (price > 0),
         tax numeric GENERATED ALWAYS AS (price * 0.2) STORED,
         UNIQUE (name) DEFERRABLE);
       COMMENT ON COLUMN stock.price IS 'without tax';
       CREATE INDEX cheap ON stock (lower(name), price) INCLUDE (tax) WHERE price < 10;
       INSERT INTO stock (name, price) VALUES ('a', 1), ('b', 2)`,
    );
    const table = await tableOf('stock');
    expect(table.columns).toEqual([
      { name: 'id', type: 'bigint', nullable: false, identity: 'always' },
      {
        name: 'name',
        type: 'character varying(20)',
        nullable: false,
        default: "'none'::character varying",
      },
      { name: 'price', type: 'numeric(10,2)', nullable: true, comment: 'without tax' },
      { name: 'tax', type: 'numeric', nullable: true, generated: '(price * 0.2)' },
    ]);
    expect(table).toMatchObject({
      schema: 'public',
      key: ['id'],
      rows: { count: 2, exact: true },
      bytes: { table: 8192, indexes: 3 * 16384, toast: 8192 },
    });
    expect(table.indexes.map(({ name }) => name)).toEqual([
      'stock_pkey',
      'cheap',
      'stock_name_key',
    ]);
    expect(table.indexes[1]).toEqual({
      name: 'cheap',
      kind: 'btree',
      keys: ['lower(name::text)', 'price'],
      includes: ['tax'],
      bytes: 16384,
      postgres: {
        definition:
          'CREATE INDEX cheap ON public.stock USING btree (lower((name)::text), price) INCLUDE (tax) WHERE (price < (10)::numeric)',
        unique: false,
        primary: false,
        valid: true,
        predicate: '(price < (10)::numeric)',
      },
    });
    const constraints = table.postgres?.constraints.map(({ kind, columns, deferrable }) => [
      kind,
      columns.join(),
      deferrable,
    ]);
    expect(constraints).toEqual([
      ['primary key', 'id', false],
      ['unique', 'name', true],
      ['check', 'price', false],
      ['not null', 'id', false],
      ['not null', 'name', false],
    ]);
  });

  it('with views, sequences, functions, triggers, policies and partitions', async () => {
    await last(
      pg,
      `CREATE SCHEMA shop;
       CREATE SEQUENCE shop.numbers INCREMENT 5; SELECT nextval('shop.numbers');
       CREATE VIEW shop.spent AS SELECT customer_id, count(*) AS orders FROM orders GROUP BY 1;
       CREATE MATERIALIZED VIEW shop.empty AS SELECT 1 AS one WITH NO DATA;
       CREATE FUNCTION shop.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
       CREATE PROCEDURE shop.work(a int) LANGUAGE sql AS $$ SELECT 1 $$;
       CREATE TABLE shop.log (at date) PARTITION BY RANGE (at);
       CREATE TABLE shop.log_2026 PARTITION OF shop.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
       CREATE TRIGGER noted BEFORE INSERT ON shop.log_2026 FOR EACH ROW EXECUTE FUNCTION shop.note();
       ALTER TABLE shop.log_2026 ENABLE ROW LEVEL SECURITY;
       CREATE POLICY recent ON shop.log_2026 FOR SELECT USING (at > '2026-06-01');
       CREATE TEMP TABLE scratch (a int); CREATE UNLOGGED TABLE fast (a int)`,
    );
    const { tables, dependencies, postgres } = await pg.describe();
    expect(postgres?.schemas).toEqual([expect.stringMatching(/^pg_temp_/), 'public', 'shop']);
    expect(postgres?.sequences).toEqual([
      { schema: 'shop', name: 'numbers', type: 'bigint', increment: 5, last: '1' },
    ]);
    expect(postgres?.views).toMatchObject([
      { name: 'empty', materialized: true, columns: [{ name: 'one', type: 'integer' }] },
      { name: 'spent', materialized: false, definition: expect.stringContaining('GROUP BY') },
    ]);
    expect(postgres?.views[0]).not.toHaveProperty('rows');
    expect(postgres?.functions).toMatchObject([
      { name: 'note', kind: 'function', returns: 'trigger', language: 'plpgsql', arguments: '' },
      { name: 'work', kind: 'procedure', language: 'sql', arguments: 'IN a integer' },
    ]);
    const named = new Map(tables.map((table) => [table.name, table]));
    expect(named.get('log')?.postgres).toMatchObject({
      kind: 'partitioned table',
      partitionKey: 'RANGE (at)',
    });
    expect(named.get('log_2026')?.postgres).toMatchObject({
      partitionBound: "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
      triggers: [{ name: 'noted', enabled: true }],
      rowSecurity: true,
      policies: [
        { name: 'recent', command: 'SELECT', roles: ['public'], using: expect.any(String) },
      ],
    });
    expect(named.get('scratch')?.postgres?.persistence).toBe('temporary');
    expect(named.get('fast')?.postgres?.persistence).toBe('unlogged');
    const shop = (name: string) => ({ schema: 'shop', name });
    expect(dependencies).toContainEqual({
      kind: 'partition',
      from: shop('log_2026'),
      to: shop('log'),
    });
    expect(dependencies).toContainEqual({
      kind: 'view',
      from: shop('spent'),
      to: { schema: 'public', name: 'orders' },
    });
  });

  it('without what an extension has brought', async () => {
    await pg.reset('inkwell', { extensions: ['hstore'] });
    await last(pg, 'CREATE EXTENSION hstore');
    const { postgres } = await pg.describe();
    expect(postgres?.functions).toEqual([]);
    expect(postgres?.extensions).toEqual([{ name: 'hstore', version: '1.8' }]);
  });

  it('with an estimate where counting would take long', async () => {
    await last(
      pg,
      "CREATE TABLE large AS SELECT g, repeat('x', 900) FROM generate_series(1, 10000) g",
    );
    expect(await tableOf('large')).not.toHaveProperty('rows');
    await last(pg, 'ANALYZE large');
    expect((await tableOf('large')).rows).toEqual({ count: 10000, exact: false });
  });
});

describe('the session does not notice:', () => {
  /** What a statement of the session can see of itself and of the server, unless something has meddled. */
  const SELF = `SELECT pg_current_wal_lsn(), pg_current_snapshot(), current_user, session_user,
      pg_current_xact_id_if_assigned(), current_setting('search_path'), current_setting('role'),
      (SELECT sum(seq_scan) FROM pg_stat_user_tables), (SELECT sum(calls) FROM pg_stat_user_functions),
      (SELECT count(*) FROM pg_locks), (SELECT count(*) FROM pg_class),
      (SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('base/5') f)`;

  it.each([
    ['outside of a transaction', 'SELECT 1'],
    ['in an open one', "BEGIN; UPDATE orders SET status = 'x'; SET LOCAL work_mem = '9MB'"],
    ['in one that may only read', 'BEGIN READ ONLY; SELECT count(*) FROM orders'],
    ['in a repeatable one, before its snapshot', 'BEGIN ISOLATION LEVEL REPEATABLE READ'],
    ['in a serializable one', 'BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) FROM orders'],
    [
      'as another role',
      'CREATE ROLE ann; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ann; SET ROLE ann',
    ],
    ['as another user', 'CREATE ROLE ann; SET SESSION AUTHORIZATION ann'],
    ['with a cursor open', 'BEGIN; DECLARE c CURSOR FOR SELECT * FROM orders; FETCH 2 FROM c'],
    ['with settings of its own', "SET search_path = ''; SET default_transaction_read_only = on"],
  ])('%s', async (_, script) => {
    const results: unknown[] = [];
    for (const inspects of [false, true]) {
      await pg.reset('inkwell');
      await last(pg, script);
      if (inspects) {
        expect((await pg.describe()).tables.length).toBeGreaterThan(10);
        expect((await pg.inspectPages({ name: 'tags' })).pages[0]?.tuples[0]).toMatchObject({
          version: { visible: true, values: expect.any(Array) },
        });
      }
      const after = await runScript(pg, `${SELF}; TABLE public.tags; FETCH 1 FROM c`);
      results.push(after.map(({ rows, cost, notices, error }) => ({ rows, cost, notices, error })));
    }
    expect(results[1]).toEqual(results[0]);
    expect(events).toEqual([]);
  });

  it('an open transaction shows what it has done, and goes on', async () => {
    await last(pg, 'BEGIN; CREATE TABLE fresh (a int); INSERT INTO fresh VALUES (7)');
    const description = await pg.describe();
    expect(description.postgres?.transaction).toBe('open');
    expect(description.tables.find(({ name }) => name === 'fresh')?.rows?.count).toBe(1);
    expect(await versionsOf('fresh')).toMatchObject([{ state: 'inserting', values: ['7'] }]);
    await last(pg, 'COMMIT');
    expect(await rowsOf(pg, 'TABLE fresh')).toEqual([['7']]);
    expect(await versionsOf('fresh')).toMatchObject([{ state: 'live' }]);
  });

  it('a failed transaction is shown as rolled back, and stays failed', async () => {
    await runScript(pg, 'BEGIN; CREATE TABLE fresh (a int); SELECT 1 / 0');
    const { tables, postgres, notes } = await pg.describe();
    expect(postgres?.transaction).toBe('failed');
    expect(notes).toEqual(['The open transaction has failed: what it had done is not shown.']);
    expect(tables.map(({ name }) => name)).not.toContain('fresh');
    const [select, commit] = await runScript(pg, 'SELECT 1; COMMIT');
    expect(select?.error?.code).toBe('25P02');
    expect(commit?.tag).toBe('ROLLBACK');
  });

  it('the next reset comes by image', async () => {
    await last(pg, 'DELETE FROM order_items');
    await pg.describe();
    await pg.inspectPages({ name: 'order_items' });
    await pg.reset('inkwell');
    expect((await tableOf('order_items')).rows?.count).toBe(600);
    expect(events).toEqual([]);
  });
});
