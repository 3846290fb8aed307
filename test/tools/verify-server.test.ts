/** The server that verify:postgres starts: the dataset of PGlite, and nothing of the lab before. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostgresDifferences } from '../../src/config/postgres-difference.ts';
import type { SqlStatement } from '../../src/engine/lab/engines.ts';
import { splitSql } from '../../src/engine/postgres/split.ts';
import { RealPostgres } from '../../tools/verify/database.ts';
import { compareLab, type SqlLab } from '../../tools/verify/lab.ts';
import { type OpenBoth, openBoth, verifyLabs } from '../../tools/verify/run.ts';
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
  extensions: [],
  checks: queries.map((sql) => ({ sql, rows: [], ordered: true, given: [] })),
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

it('has the extensions of PostgreSQL itself, and says which it lacks', async () => {
  expect(await both.server.lacking(['pg_trgm', 'vector', 'pg_stat_statements'])).toEqual([
    'vector',
  ]);
  const script = (name: string) => ({
    ...lab(`CREATE EXTENSION ${name}; SELECT extname FROM pg_extension ORDER BY 1;`),
    extensions: [name],
  });
  for (const name of ['pg_trgm', 'pg_stat_statements']) {
    expect((await compareLab(script(name), both)).found).toEqual([]);
  }
});

it('answers what several results are made of', async () => {
  const script = `
    SELECT 1 AS a \\; SELECT 'x' AS b;
    \\d inventory
    SELECT * FROM inventory WHERE product_id = 'P9012' \\gx`;
  expect(await differing(script)).toEqual([]);
  const other = await differing('SELECT 1 \\; SELECT version();');
  expect(other).toEqual([' 1 rows']);
});

it('tells of each lab what was compared, and of the list what is in it for nothing', async () => {
  const id = 'introduction/hello-twice';
  const lines: string[] = [];
  const verified = (list: PostgresDifferences) => {
    lines.length = 0;
    return verifyLabs([id], both, list, (line) => lines.push(line));
  };
  expect(await verified({ differences: [], unverified: [] })).toEqual({
    passed: 1,
    failed: 0,
    unverified: 0,
  });
  expect(lines[1]).toMatch(/^ok +introduction\/hello-twice +1 +1 +0 +0 +1 +0 +0$/);

  const entry = { lab: id, step: 'Read one user', statement: 1, differs: 'rows' as const };
  const texts = { pglite: 'a', server: 'b', why: 'It was so once, and is no more.' };
  const totals = await verified({
    differences: [
      { ...entry, ...texts },
      { ...entry, ...texts, lab: 'introduction/gone' },
    ],
    unverified: [{ lab: id, extension: 'pg_trgm' }],
  });
  expect(totals).toEqual({ passed: 0, failed: 2, unverified: 0 });
  const printed = lines.join('\n');
  expect(printed).toContain('it does not lack the extension pg_trgm: remove the entry');
  expect(printed).toContain('"Read one user", statement 1, does not occur');
  expect(printed).toContain('there is no lab introduction/gone');
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
