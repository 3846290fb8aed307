/** The server that verify:postgres starts: the dataset of PGlite, and nothing of the lab before. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlStatement } from '../../src/engine/lab/engines.ts';
import { splitSql } from '../../src/engine/postgres/split.ts';
import { RealPostgres } from '../../tools/verify/database.ts';
import { compareLab, type SqlLab } from '../../tools/verify/lab.ts';
import { type OpenBoth, openBoth } from '../../tools/verify/run.ts';
import { startServer } from '../../tools/verify/server.ts';

let both: OpenBoth;
beforeAll(async () => {
  both = await openBoth();
});
afterAll(() => both.close());

/** A lab with that script; its checks ask these queries. */
const lab = (postgres: string, ...queries: string[]): SqlLab => ({
  id: 'chapter/lab',
  dataset: 'inkwell',
  checks: queries.map((sql) => ({ sql, rows: [] })),
  sources: { postgres },
});

/** What differs when that script is run on both: step, number and aspect of each statement. */
async function differing(script: string, ...queries: string[]): Promise<string[]> {
  const { found } = await compareLab(lab(script, ...queries), both);
  return found.map(({ step, statement, differs }) => `${step} ${statement} ${differs}`);
}

/** The rows of a query on the server. */
async function ask(sql: string) {
  const statement: SqlStatement = { text: sql, line: 1, column: 1 };
  const { rows, error } = await both.server.run(statement);
  expect(error).toBeUndefined();
  return rows;
}

it('is a PostgreSQL 18, as PGlite is', () => {
  expect(both.versions.server).toMatch(/^18\./);
  expect(both.versions.pglite).toMatch(/^18\./);
});

it('holds the dataset as PGlite does: every table, row for row and page for page', async () => {
  const tables = ['users', 'posts', 'orders', 'order_items', 'inventory', 'customers', 'sessions'];
  const everything = tables.map((table) => `SELECT ctid, * FROM ${table};`).join('\n');
  const statistics =
    "SELECT tablename, attname, null_frac, n_distinct, correlation FROM pg_stats WHERE schemaname = 'public' ORDER BY 1, 2;";
  const { found, counts } = await compareLab(lab(`${everything}\n${statistics}`), both);
  expect(found).toEqual([]);
  expect(counts.rows).toBeGreaterThan(500);
});

it('agrees with PGlite on text forms, notices, errors and their places, plans and tags', async () => {
  const script = `
    SELECT 1.50::numeric, ARRAY[NULL, 'a,b'], '{"b":1}'::jsonb, interval '1 day 2 hours', 1e20::float8,
           'x'::bytea, now() IS NULL, '[1,3)'::int4range, date '2025-01-01';
    DO $$ BEGIN RAISE WARNING 'careful' USING HINT = 'look', ERRCODE = '01000'; END $$;
    SELECT 1
      FROM nowhere;
    UPDATE inventory SET stock = stock WHERE product_id = 'P9012' RETURNING stock;
    COPY (SELECT product_id FROM inventory ORDER BY 1 LIMIT 2) TO STDOUT;
    CREATE TABLE copied (n int);
    COPY copied FROM STDIN;
1
2
\\.
    LISTEN news; NOTIFY news, 'hello';`;
  expect(await differing(script, 'SELECT sum(n) FROM copied')).toEqual([]);
});

it('does not agree where it cannot, and each such difference is found in its place', async () => {
  const script = `
    SELECT 1;
    -- step: Which version
    SELECT 2;
    SELECT version();
    DO $$ BEGIN RAISE NOTICE '%', version(); END $$;
    DO $$ BEGIN RAISE EXCEPTION '%', version(); END $$;`;
  expect(await differing(script, 'SELECT 3', 'SELECT version()')).toEqual([
    'Which version 2 rows',
    'Which version 3 notices',
    'Which version 4 error',
    'checks 2 rows',
  ]);
});

it('forgets what a lab has left behind, wherever it lies', async () => {
  const script = `
    CREATE ROLE visitor CONNECTION LIMIT 1;
    GRANT SELECT ON users TO visitor;
    ALTER ROLE visitor SET work_mem = '1MB';
    ALTER ROLE CURRENT_USER SET timezone = 'Asia/Tokyo';
    ALTER DATABASE postgres SET work_mem = '2MB';
    ALTER SYSTEM SET work_mem = '3MB';
    SELECT pg_reload_conf();
    SET work_mem = '5MB';
    CREATE TABLE left_behind (n int);
    SELECT pg_create_physical_replication_slot('left_behind');
    BEGIN;
    UPDATE inventory SET stock = 0;
    PREPARE TRANSACTION 'left behind';
    BEGIN;
    DELETE FROM sessions;`;
  await both.server.reset('inkwell');
  for (const statement of splitSql(script)) {
    expect((await both.server.run(statement)).error).toBeUndefined();
  }
  await both.server.reset('inkwell');
  expect(
    await ask("SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1"),
  ).toEqual([['postgres']]);
  expect(await ask('SHOW work_mem')).toEqual([['4MB']]);
  expect(await ask('SHOW timezone')).toEqual([['UTC']]);
  expect(await ask("SELECT to_regclass('left_behind')")).toEqual([[null]]);
  expect(await ask('SELECT count(*) FROM pg_prepared_xacts')).toEqual([['0']]);
  expect(await ask('SELECT count(*) FROM pg_replication_slots')).toEqual([['0']]);
  expect(await ask('SELECT count(*) > 0 FROM sessions')).toEqual([['t']]);
});

it('says why it does not start', async () => {
  await expect(startServer({ no_such_setting: '1' }, ['--no-sync'])).rejects.toThrow(
    /^postgres ended with code 1\n.*unrecognized configuration parameter "no_such_setting"/,
  );
  await expect(startServer({}, ['--no-such-option'])).rejects.toThrow(/^initdb ended with code 1/);
});

it('must be told which dataset it is to hold', async () => {
  const server = await RealPostgres.start();
  await expect(server.run({ text: 'SELECT 1', line: 1, column: 1 })).rejects.toThrow(
    'no dataset: call reset first',
  );
  await server.stop();
});
