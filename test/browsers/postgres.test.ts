/** PostgreSQL in every browser: it answers, comes back to the snapshot, and survives what kills it. */
import { describe } from 'vitest';
import { type EnginePage, expect, test } from './support.ts';

/** The values of the last statement that has rows. */
async function rowsOf(page: EnginePage, sql: string, extensions: string[] = []) {
  const results = await page.sql(sql, extensions);
  for (const { error } of results) expect(error).toBeUndefined();
  return results.findLast(({ rows }) => rows)?.rows;
}

/** Each statement's command tag, or the code of its error, or its severity where it has no code. */
async function outcomes(page: EnginePage, sql: string) {
  const results = await page.sql(sql);
  return results.map(({ error, tag }) => error?.code ?? error?.severity ?? tag);
}

describe('what it answers', () => {
  test('is PostgreSQL 18, in the text forms of psql', async ({ page }) => {
    expect(await rowsOf(page, 'SHOW server_version_num')).toEqual([
      [expect.stringMatching(/^18\d{4}$/)],
    ]);
    const values =
      "1.50::numeric, NULL, true, ARRAY['ä', NULL], '1 day 2 h'::interval, '{\"a\":1}'::jsonb";
    expect(await rowsOf(page, `SELECT ${values}`)).toEqual([
      ['1.50', null, 't', '{ä,NULL}', '1 day 02:00:00', '{"a": 1}'],
    ]);
  });

  test('has types, tags, notices and notifications', async ({ page }) => {
    const results = await page.sql(
      "LISTEN news; SELECT 1 AS n, now()::date AS d; DO $$ BEGIN RAISE WARNING 'mind'; END $$; NOTIFY news, 'hello'",
    );
    expect(results.map(({ tag }) => tag)).toEqual(['LISTEN', 'SELECT 1', 'DO', 'NOTIFY']);
    expect(results[1]?.columns).toEqual([
      { name: 'n', type: 'integer' },
      { name: 'd', type: 'date' },
    ]);
    expect(results[2]?.notices).toMatchObject([{ severity: 'WARNING', message: 'mind' }]);
    expect(results[3]?.notices[0]?.message).toContain('"news" with payload "hello"');
  });

  test('knows commands of psql', async ({ page }) => {
    const [tables, table, expanded] = await page.sql('\\dt\n\\d orders\nSELECT 1 AS one \\gx\n');
    expect(tables?.rows?.flat()).toContain('orders');
    expect(table?.footer?.join('\n')).toContain('"orders_pkey" PRIMARY KEY');
    expect(expanded).toMatchObject({ rows: [['1']], expanded: true });
  });

  test('tells errors with their code and place', async ({ page }) => {
    const [, error] = await page.sql("SELECT 1;\nSELECT 'ä', nope;");
    expect(error?.error).toMatchObject({ code: '42703', line: 2, column: 13 });
  });

  test('has the plan and the cost of each statement', async ({ page }) => {
    const [, result] = await page.sql(
      "SET enable_seqscan = off; SELECT * FROM orders WHERE order_id = 'O0934'",
    );
    expect(result?.cost?.plan).toMatchObject({ node: 'Index Scan', index: 'orders_pkey', rows: 1 });
    const { buffersHit = 0, buffersRead = 0 } = result?.cost ?? {};
    expect(buffersHit + buffersRead).toBeGreaterThan(0);
  });

  test('extensions that a lab names', async ({ page }) => {
    const sql = `CREATE EXTENSION vector; CREATE EXTENSION pg_trgm;
                 SELECT '[1,2]'::vector <-> '[4,6]', similarity('word', 'words')::numeric(3, 2)`;
    expect(await rowsOf(page, sql, ['vector', 'pg_trgm'])).toEqual([['5', '0.57']]);
  });

  test('reports a hundred thousand rows by their number, and shows the first thousand', async ({
    page,
  }) => {
    const [result] = await page.sql('SELECT n FROM generate_series(1, 100000) n');
    expect(result).toMatchObject({ tag: 'SELECT 100000', rowCount: 100_000 });
    expect(result?.rows).toHaveLength(1000);
  });
});

test('every run begins from the snapshot, whatever the one before did', async ({ page }) => {
  const look = `SELECT count(*) FROM orders; SELECT count(*) FROM pg_roles; SHOW work_mem;
    SELECT count(*) FROM pg_prepared_xacts; SELECT count(*) FROM pg_largeobject_metadata;
    SELECT count(*) FROM pg_class; SELECT last_value FROM pg_sequences; SELECT count(*) FROM pg_locks;
    SELECT count(*) FROM pg_prepared_statements; SELECT current_user; SELECT pg_listening_channels()`;
  const before = (await page.sql(look)).map(({ rows }) => rows);
  const done = await page.sql(`CREATE ROLE eve; SET work_mem = '9MB'; SELECT lo_create(0);
    CREATE SEQUENCE s; SELECT nextval('s'); CREATE TEMP TABLE mine (a int); LISTEN news;
    PREPARE p AS SELECT 1; BEGIN; DELETE FROM order_items; PREPARE TRANSACTION 'left';
    SET ROLE eve; BEGIN; SELECT pg_advisory_lock(1); DECLARE c CURSOR WITH HOLD FOR SELECT 1`);
  expect(done.flatMap(({ error }) => error ?? [])).toEqual([]);
  expect((await page.sql(look)).map(({ rows }) => rows)).toEqual(before);
});

describe('it survives', () => {
  /** Statements, what becomes of them in every browser, and words that the reader is told. */
  const KILLERS: Array<[what: string, sql: string, code: string, told: RegExp]> = [
    [
      'a function that calls itself for ever',
      'CREATE FUNCTION f(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN f(n + 1); END $$; SELECT f(1)',
      '54001',
      /stack depth limit exceeded/,
    ],
    [
      'JSON that is nested too deep',
      "SELECT repeat('[', 1000000)::json",
      'FATAL',
      /restored from its snapshot: .* than the stack of a browser allows/,
    ],
    [
      'a program that COPY would start',
      "COPY (SELECT 1) TO PROGRAM 'cat'",
      'XX000',
      /could not execute command "cat"/,
    ],
    [
      'a conversion that PGlite lacks',
      "SELECT convert_to('ä', 'LATIN1')",
      'FATAL',
      /restored from its snapshot/,
    ],
    ['a value of 600 MB', "SELECT repeat('x', 600000000)", '53200', /out of memory/],
    [
      'a wait for a lock of its own',
      "BEGIN; DELETE FROM order_items; PREPARE TRANSACTION 'other'; DELETE FROM order_items",
      '57014',
      /canceling statement due to user request/,
    ],
    [
      'a sleep beyond its timeout',
      "SET statement_timeout = '200ms'; SELECT pg_sleep(1e9)",
      '57014',
      /canceling statement due to statement timeout/,
    ],
  ];

  test.for(KILLERS)('%s', async ([, sql, code, told], { page }) => {
    const results = await page.sql(`${sql}; ROLLBACK; SELECT 42`);
    const error = results.at(-3)?.error;
    expect(error?.code ?? error?.severity).toBe(code);
    expect(error?.message).toMatch(told);
    expect(results.at(-1)?.rows).toEqual([['42']]);
    expect(await outcomes(page, 'SELECT count(*) FROM orders')).toEqual(['SELECT 1']);
  });

  test('Stop in a statement that never ends', async ({ page }) => {
    const endless =
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT 1 FROM t) SELECT count(*) FROM t';
    const [result] = await page.sql(endless, [], 500);
    expect(result?.error).toMatchObject({
      severity: 'STOPPED',
      message: expect.stringMatching(/^You stopped the run/),
    });
    expect(await rowsOf(page, 'SELECT 42')).toEqual([['42']]);
  });
});
