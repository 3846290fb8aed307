/** psql's part of a session works as in psql 18: display, variables, conditions, and how statements are sent. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StatementResult, withMore } from '../../../src/engine/lab/result.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf, runScript } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

describe('display', () => {
  it('is expanded by \\x until it is switched back, and by \\gx once', async () => {
    const results = await runScript(
      pg,
      'SELECT 1 \\gx\nSELECT 1;\n\\x\nSELECT 1;\n\\x off\nSELECT 1;\n\\x auto\n\\x maybe',
    );
    expect(results.map(({ expanded, tag, error }) => expanded ?? error?.message ?? tag)).toEqual([
      true,
      'SELECT 1',
      'Expanded display is on.',
      true,
      'Expanded display is off.',
      'SELECT 1',
      'Expanded display is used automatically.',
      'unrecognized value "maybe" for "expanded"',
    ]);
  });

  it('of NULL is chosen by \\pset null, and not for the lists', async () => {
    const results = await runScript(pg, "\\pset null '(none)'\nSELECT NULL;\n\\dt");
    expect(results.map(({ nullAs, tag }) => [tag, nullAs])).toEqual([
      ['Null display is "(none)".', undefined],
      ['SELECT 1', '(none)'],
      ['', ''],
    ]);
  });

  it('of the time is switched by \\timing', async () => {
    const results = await runScript(pg, '\\timing\nSELECT 1;\n\\timing off\nSELECT 1;');
    expect(results.map(({ timing, tag }) => [tag, timing])).toEqual([
      ['Timing is on.', undefined],
      ['SELECT 1', true],
      ['Timing is off.', undefined],
      ['SELECT 1', undefined],
    ]);
    expect(results[1]?.milliseconds).toBeGreaterThan(0);
  });

  it('ends with a reset', async () => {
    await last(pg, '\\x\n\\set who ann');
    await pg.reset('inkwell');
    expect(await last(pg, '\\echo :who\nSELECT 1;')).not.toHaveProperty('expanded');
    expect((await last(pg, '\\echo :who')).tag).toBe(':who');
  });
});

describe('variables', () => {
  it('stand for themselves, as constants and as names', async () => {
    const script = `\\set who 'O''Brien'\n\\set column who\nSELECT :'who' AS :"column", :column FROM (VALUES (1)) v (who);`;
    const { columns, rows } = await last(pg, script);
    expect(columns?.map(({ name }) => name)).toEqual(['who', 'who']);
    expect(rows).toEqual([["O'Brien", '1']]);
  });

  it('are left alone in strings, comments, casts and slices', async () => {
    const script = `\\set a 1\nSELECT ':a', ':a'::text /* :a */, (ARRAY[7, 8])[1:2], $$:a$$, :{?a}, :{?b};`;
    expect(await rowsOf(pg, script)).toEqual([[':a', ':a', '{7,8}', ':a', 't', 'f']]);
  });

  it('do not move the place of an error', async () => {
    const [, failed] = await runScript(
      pg,
      "\\set long 'abcdefghijklmnop'\nSELECT :'long',\n  :'long', nope;",
    );
    expect(failed?.error).toMatchObject({ code: '42703', line: 3, column: 12 });
  });

  it('are filled by \\gset and by every query', async () => {
    const script = `SELECT 7 AS n, 'x' AS t \\gset my_\n\\echo :my_n :my_t :ROW_COUNT :ERROR\nSELECT 1 / 0;\n\\echo :SQLSTATE :LAST_ERROR_MESSAGE`;
    const results = await runScript(pg, script);
    expect(results[1]?.tag).toBe('7 x 1 false');
    expect(results[3]?.tag).toBe('22012 division by zero');
  });

  it('are not filled by \\gset where their names cannot be', async () => {
    const script = `SELECT 1 AS "two words" \\gset\nSELECT 'on' AS "AUTOCOMMIT", 5 AS n \\gset\n\\echo :n`;
    const [nameless, own, echoed] = await runScript(pg, script);
    expect(nameless?.error?.message).toBe('invalid variable name: "two words"');
    expect(own?.notices).toEqual([
      {
        severity: 'WARNING',
        message: 'attempt to \\gset into specially treated variable "AUTOCOMMIT" ignored',
      },
    ]);
    expect(echoed?.tag).toBe('5');
  });

  it('are filled by what RETURNING answers, and the rows are told', async () => {
    const script = 'CREATE TABLE t (a int);\nINSERT INTO t VALUES (4) RETURNING a \\gset';
    expect(await last(pg, script)).toMatchObject({ tag: 'INSERT 0 1', title: '\\gset' });
  });

  it('are arguments behind any colon, and characters by their numbers', async () => {
    const script = String.raw`\set n 5
\echo :n::text ::n 'A\102\x43'`;
    expect((await last(pg, script)).tag).toBe('5::text :5 ABC');
  });

  it('decide what \\if runs', async () => {
    const script = `\\set yes on
\\if :yes
  SELECT 'then';
  \\if false
    SELECT 'never';
  \\else
    SELECT 'inner';
  \\endif
\\elif true
  SELECT 'never';
\\else
  SELECT 'never';
\\endif
SELECT 'after';`;
    const results = await runScript(pg, script);
    expect(results.flatMap(({ rows = [] }) => rows.flat())).toEqual(['then', 'inner', 'after']);
  });

  it('make the first error the last, with ON_ERROR_STOP', async () => {
    const results = await runScript(pg, '\\set ON_ERROR_STOP on\nSELECT 1 / 0;\nSELECT 1;');
    expect(results[2]).toMatchObject({
      tag: '',
      notices: [{ message: 'Not run: an earlier statement failed, and ON_ERROR_STOP is set.' }],
    });
  });
});

describe('statements are sent', () => {
  it('by \\g, again by \\g alone', async () => {
    const results = await runScript(pg, 'SELECT 5 \\g\n\\g');
    expect(results.map(({ rows }) => rows)).toEqual([[['5']], [['5']]]);
  });

  it('by \\gexec: each value that a query answers is run', async () => {
    const script = `SELECT 'CREATE TABLE made_' || n || ' ()', 'SELECT 1 / ' || n - 1 FROM generate_series(1, 2) n \\gexec`;
    const [result] = await runScript(pg, script);
    expect(result).toMatchObject({ tag: '', title: '\\gexec' });
    expect(result).not.toHaveProperty('rows');
    expect(result?.more?.map(({ sql, tag, error }) => [sql, error?.code ?? tag])).toEqual([
      ['CREATE TABLE made_1 ()', 'CREATE TABLE'],
      ['SELECT 1 / 0', '22012'],
      ['CREATE TABLE made_2 ()', 'CREATE TABLE'],
      ['SELECT 1 / 1', 'SELECT 1'],
    ]);
  });

  it('together when \\; joins them: one transaction, every result', async () => {
    const script =
      'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1)\\; SELECT a FROM t\\; SELECT 1 / 0;\nSELECT * FROM t;';
    const [, joined, after] = await runScript(pg, script);
    expect(withMore(joined as StatementResult).map(({ tag, error }) => error?.code ?? tag)).toEqual(
      ['INSERT 0 1', 'SELECT 1', '22012'],
    );
    expect(after?.rows).toEqual([]);
  });

  it('with \\echo, \\encoding and \\conninfo between them', async () => {
    const results = await runScript(
      pg,
      '\\echo one  \'two  three\' "four"\n\\encoding\n\\conninfo',
    );
    expect(results.map(({ tag, title }) => title ?? tag)).toEqual([
      'one two  three "four"',
      'UTF8',
      'Connection Information',
    ]);
  });

  it('until \\q', async () => {
    const results = await runScript(pg, 'SELECT 1;\n\\q\nSELECT 2;');
    expect(results[2]).not.toHaveProperty('rows');
  });

  it('before \\q, also where no semicolon ends them', async () => {
    const results = await runScript(pg, 'SELECT 1 \\q\nSELECT 2;');
    expect(results.map(({ rows }) => rows)).toEqual([[['1']], undefined]);
  });

  it('with the data of a COPY behind \\g', async () => {
    const script = 'CREATE TABLE t (a int);\nCOPY t FROM STDIN \\g\n7\n\\.\nTABLE t;';
    expect(await rowsOf(pg, script)).toEqual([['7']]);
  });

  it('without data where a COPY could not be seen coming', async () => {
    const results = await runScript(
      pg,
      `CREATE TABLE t (a int);
\\set copy 'COPY t FROM STDIN'
:copy;
SELECT 'COPY t FROM STDIN' \\gexec
COPY t FROM STDIN\\; COPY t FROM STDIN;
7
\\.
SELECT 'here';`,
    );
    const errors = results.map((result) => withMore(result).at(-1)?.error?.message);
    const noData =
      'COPY from stdin failed: there are no data: write this COPY alone, with its data on the lines below it';
    expect(errors).toEqual([undefined, undefined, noData, noData, noData, undefined]);
  });
});

describe('refused is', () => {
  it('what psql does not know, in its words', async () => {
    const [result] = await runScript(pg, '\\foo bar');
    expect(result?.error).toEqual({
      severity: 'ERROR',
      message: 'invalid command \\foo',
      line: 1,
      column: 1,
    });
  });

  it.each([
    ["\\copy orders FROM 'orders.csv'", 'files of your machine', /COPY \.\.\. FROM STDIN/],
    ['\\! ls', 'a program on your machine', undefined],
    ['\\i more.sql', 'files of your machine', /Write the statements/],
    ['\\c other', 'one connection', /SET ROLE/],
    ['\\password ann', 'one connection', /ALTER ROLE/],
    ['\\e', 'terminal', /where it stands/],
    ['\\pset border 2', 'only null and expanded', undefined],
    ['\\set AUTOCOMMIT off', 'would change nothing', undefined],
    ['SELECT 1 \\g result.txt', 'writes to a file', /Write \\g alone/],
    ['SELECT 1 \\g (format=csv)', 'draws its tables', undefined],
    ['\\pset', '\\pset is not run here', undefined],
    ['\\dp orders', 'not built in', /catalogue/],
  ])('%s, with the reason', async (command, reason, hint) => {
    const [result] = await runScript(pg, command);
    expect(result?.error?.message).toContain(reason);
    expect(result?.error?.code).toBeUndefined();
    if (hint) expect(result?.error?.hint).toMatch(hint);
    else expect(result?.error).not.toHaveProperty('hint');
  });

  it('a command inside a statement that does not end', async () => {
    const [result] = await runScript(pg, 'SELECT 1\n\\dt\n');
    expect(result?.error?.message).toBe(
      '\\dt stands inside a statement: end the statement with a semicolon before it.',
    );
    const [condition] = await runScript(pg, 'SELECT 1\n\\if true\n');
    expect(condition?.error?.message).toContain('\\if stands inside a statement');
  });
});
