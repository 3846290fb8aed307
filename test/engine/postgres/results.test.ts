/** What a statement answers is what psql would show. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  NOTICE_LIMIT,
  RESULT_LIMIT,
  ROW_LIMIT,
  VALUE_LIMIT,
} from '../../../src/engine/postgres/answer.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { builtInTypeName } from '../../../src/engine/postgres/types.ts';
import { MEMORY_LIMIT } from '../../../src/engine/postgres/watched.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

describe('results', () => {
  it('have command tags', async () => {
    const results = await runScript(
      pg,
      `CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2); UPDATE t SET a = 3 WHERE a = 1;
       DELETE FROM t; BEGIN; COMMIT`,
    );
    expect(results.map(({ tag }) => tag)).toEqual([
      'CREATE TABLE',
      'INSERT 0 2',
      'UPDATE 1',
      'DELETE 2',
      'BEGIN',
      'COMMIT',
    ]);
    expect(results.every(({ columns, rows }) => columns === undefined && rows === undefined));
  });

  it('have values as psql writes them', async () => {
    const [values] = await rowsOf(
      pg,
      `SELECT true, NULL, '', 1.50::numeric(10,2), 1e300::float8, 'NaN'::float4, '2024-11-01'::date,
              timestamptz '2024-11-01 12:00:00+02', interval '1 day 2 hours', ARRAY['a', NULL, 'b c'],
              '{"b": 1, "a": [null]}'::jsonb, '\\x00ff'::bytea, ROW(1, 'x y'), int4range(1, 5)`,
    );
    expect(values).toEqual([
      't',
      null,
      '',
      '1.50',
      '1e+300',
      'NaN',
      '2024-11-01',
      '2024-11-01 10:00:00+00',
      '1 day 02:00:00',
      '{a,NULL,"b c"}',
      '{"a": [null], "b": 1}',
      '\\x00ff',
      '(1,"x y")',
      '[1,5)',
    ]);
  });

  it('name the types of their columns, modifiers included', async () => {
    const { columns } = await last(
      pg,
      `CREATE TYPE mood AS ENUM ('calm'); CREATE DOMAIN cents AS int;
       SELECT 1 AS a, 1::numeric(10,2) AS b, 1::numeric(3,-2) AS c, 'x'::varchar(20) AS d,
              'x'::char(3) AS e, ARRAY[1::numeric(5,1)] AS f, now()::timestamp(3) AS g,
              now() AS h, '{}'::jsonb AS i, 'calm'::mood AS j, ARRAY['calm'::mood] AS k,
              1::cents AS l, B'101'::bit(3) AS m, '1 s'::interval second(2) AS n, '1'::bpchar AS o`,
    );
    expect(columns?.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'a integer',
      'b numeric(10,2)',
      'c numeric(3,-2)',
      'd character varying(20)',
      'e character(3)',
      'f numeric(5,1)[]',
      'g timestamp(3) without time zone',
      'h timestamp with time zone',
      'i jsonb',
      'j mood',
      'k mood[]',
      'l integer',
      'm bit(3)',
      'n interval second(2)',
      'o bpchar',
    ]);
  });

  it('name built-in types without asking, as format_type would', async () => {
    const types = await rowsOf(
      pg,
      `SELECT oid, m, format_type(oid, m) FROM pg_type, unnest(ARRAY[-1, 327686]) m
        WHERE typnamespace = 'pg_catalog'::regnamespace
          AND (m < 0 OR typmodin <> 0 AND typname NOT LIKE '%interval')`,
    );
    const known = types.filter(
      ([oid, modifier]) =>
        builtInTypeName({ oid: Number(oid), modifier: Number(modifier) }) !== undefined,
    );
    expect(known.length).toBeGreaterThan(100);
    for (const [oid, modifier, name] of known) {
      expect(builtInTypeName({ oid: Number(oid), modifier: Number(modifier) })).toBe(name);
    }
  });

  it('tell a result without rows from no result', async () => {
    const { columns, rows, rowCount } = await last(pg, 'SELECT 1 AS a WHERE false');
    expect({ columns, rows, rowCount }).toEqual({
      columns: [{ name: 'a', type: 'integer' }],
      rows: [],
      rowCount: 0,
    });
  });

  it('keep the first rows of a large result, and count them all', async () => {
    const result = await last(pg, 'SELECT generate_series(1, 5000)');
    expect(result.rows).toHaveLength(ROW_LIMIT);
    expect(result.rowCount).toBe(5000);
    expect(result.tag).toBe('SELECT 5000');
  });

  it('keep less of wide rows, and say where a value is cut', async () => {
    const rows = await rowsOf(
      pg,
      `SELECT repeat('x', ${VALUE_LIMIT + 1}) FROM generate_series(1, 100)`,
    );
    expect(rows).toHaveLength(RESULT_LIMIT / VALUE_LIMIT);
    expect(rows[0]?.[0]).toMatch(
      new RegExp(`^x{${VALUE_LIMIT}}\\.\\.\\. \\(100001 characters\\)$`),
    );
  });

  it('carry what COPY writes, and take what COPY reads', async () => {
    const results = await runScript(
      pg,
      `CREATE TABLE t (a int, b text);
COPY t FROM STDIN;
1\tone; two
2\t\\N
\\.
COPY t TO STDOUT;
COPY t FROM STDIN (FORMAT csv);
3,"a ""b"""
\\.
SELECT b FROM t WHERE a = 3`,
    );
    expect(results.map(({ tag }) => tag)).toEqual([
      'CREATE TABLE',
      'COPY 2',
      'COPY 2',
      'COPY 1',
      'SELECT 1',
    ]);
    expect(results[2]?.rows).toEqual([['1\tone; two'], ['2\t\\N']]);
    expect(results[4]?.rows).toEqual([['a "b"']]);
  });
});

describe('notices', () => {
  it('come in order, with their fields', async () => {
    const { notices } = await last(
      pg,
      `DO $$ BEGIN
         RAISE NOTICE 'first';
         RAISE WARNING 'second' USING DETAIL = 'some detail', HINT = 'a hint', ERRCODE = '01234';
         RAISE INFO 'third';
       END $$`,
    );
    expect(notices).toEqual([
      { severity: 'NOTICE', message: 'first' },
      {
        severity: 'WARNING',
        message: 'second',
        code: '01234',
        detail: 'some detail',
        hint: 'a hint',
      },
      { severity: 'INFO', message: 'third' },
    ]);
  });

  it('carry notifications as psql writes them', async () => {
    const { notices } = await last(pg, "LISTEN news; NOTIFY news, 'hello'");
    expect(notices[0]?.message).toMatch(
      /^Asynchronous notification "news" with payload "hello" received from server process/,
    );
  });

  it('end where there are too many', async () => {
    const { notices } = await last(
      pg,
      "DO $$ BEGIN FOR i IN 1..2000 LOOP RAISE NOTICE '%', i; END LOOP; END $$",
    );
    expect(notices).toHaveLength(NOTICE_LIMIT + 1);
    expect(notices.at(-1)?.message).toBe('1000 further messages are not shown.');
  });
});

describe('errors', () => {
  it('have their code, detail, hint and constraint', async () => {
    const [, , duplicate] = await runScript(
      pg,
      'CREATE TABLE t (a int CONSTRAINT only_once PRIMARY KEY); INSERT INTO t VALUES (1); INSERT INTO t VALUES (1);',
    );
    expect(duplicate).toMatchObject({
      tag: '',
      error: {
        severity: 'ERROR',
        code: '23505',
        message: 'duplicate key value violates unique constraint "only_once"',
        detail: 'Key (a)=(1) already exists.',
        constraint: 'only_once',
      },
    });
    const [misspelt] = await runScript(pg, 'SELECT titel FROM posts');
    expect(misspelt?.error).toMatchObject({
      code: '42703',
      hint: 'Perhaps you meant to reference the column "posts.title".',
    });
  });

  it('tell where in a function they happened', async () => {
    const [result] = await runScript(pg, "DO $$\nBEGIN\n  RAISE EXCEPTION 'no';\nEND $$");
    expect(result?.error).toMatchObject({
      code: 'P0001',
      message: 'no',
      where: 'PL/pgSQL function inline_code_block line 3 at RAISE',
    });
  });

  it('have the query inside a function that failed', async () => {
    const [result] = await runScript(pg, "DO $$ BEGIN EXECUTE 'SELECT nope'; END $$");
    expect(result?.error).toMatchObject({ code: '42703', query: 'SELECT nope' });
  });

  it.each([
    ['in the first line of a statement', 'SELECT 1;  SELECT nope;', 1, 19],
    ['in a later line', 'SELECT 1;\nSELECT 1,\n    nope;', 3, 5],
    [
      'behind characters of two UTF-16 units',
      "SELECT 1;\nSELECT '\u{1f600}\u{1f600}', nope;",
      2,
      16,
    ],
    ['behind lines that end as on Windows', 'SELECT 1,\r\n  nope', 2, 3],
    ['at the end of the statement', 'SELECT 1;\n\n SELECT (1;', 3, 11],
  ])('point at their place in the script: %s', async (_, script, line, column) => {
    const error = (await runScript(pg, script)).at(-1)?.error;
    expect(error).toMatchObject({ line, column });
  });

  it('leave out the rows that came before', async () => {
    const [result] = await runScript(pg, 'SELECT 1 / (3 - g) FROM generate_series(1, 5) g');
    expect(result?.error?.code).toBe('22012');
    expect(result).not.toHaveProperty('rows');
  });

  it('end a transaction, as on a server', async () => {
    const results = await runScript(pg, 'BEGIN; SELECT 1 / 0; SELECT 1; COMMIT; SELECT 1');
    expect(results.map(({ error, tag }) => error?.code ?? tag)).toEqual([
      'BEGIN',
      '22012',
      '25P02',
      'ROLLBACK',
      'SELECT 1',
    ]);
  });
});

describe('limits', () => {
  it('endless recursion is error 54001', async () => {
    const results = await runScript(
      pg,
      `CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN f(i + 1); END $$;
       SELECT f(1); SELECT 42`,
    );
    expect(results.map(({ error, tag }) => error?.code ?? tag)).toEqual([
      'CREATE FUNCTION',
      '54001',
      'SELECT 1',
    ]);
  });

  it('a value that does not fit into memory is error 53200', async () => {
    const [greedy, next] = await runScript(pg, `SELECT repeat('x', ${MEMORY_LIMIT}); SELECT 42`);
    expect(greedy?.error?.code).toBe('53200');
    expect(next?.rows).toEqual([['42']]);
  });

  it('what the engine leaves out says so', async () => {
    const results = await runScript(
      pg,
      'CREATE DATABASE other; CREATE EXTENSION postgis; ALTER TABLE pg_class ADD COLUMN x int',
    );
    expect(results.map(({ error }) => error?.code)).toEqual(['3D000', '0A000', '42501']);
  });
});
