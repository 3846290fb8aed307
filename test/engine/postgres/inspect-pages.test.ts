/** Pages of a table, with every version of every row. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TupleVersion } from '../../../src/engine/lab/inspect.ts';
import { readPage, reviveAll } from '../../../src/engine/postgres/heap-page.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

/** The versions of a table's rows, page by page. */
const versionsOf = async (name: string): Promise<TupleVersion[]> => {
  const { pages } = await pg.inspectPages({ schema: 'public', name });
  return pages.flatMap(({ tuples }) =>
    tuples.flatMap((tuple) => (tuple.pointer === 'normal' ? [tuple.version] : [])),
  );
};

describe('pages of a table show', () => {
  it('every version of a row, who wrote it and what became of it', async () => {
    await last(
      pg,
      `CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'one'), (2, 'two');
       UPDATE t SET b = 'uno' WHERE a = 1; DELETE FROM t WHERE a = 2;
       BEGIN; INSERT INTO t VALUES (3, 'lost'); ROLLBACK;
       BEGIN; INSERT INTO t VALUES (4, 'four'); UPDATE t SET b = 'eins' WHERE a = 1`,
    );
    const versions = await versionsOf('t');
    const told = versions.map(({ ctid, next, xminStatus, xmaxStatus, state, visible, values }) =>
      [ctid, next, xminStatus, xmaxStatus ?? '-', state, visible, values?.join(' ')].join(' | '),
    );
    expect(told).toEqual([
      '(0,1) | (0,3) | committed | committed | dead | false | 1 one',
      '(0,2) | (0,2) | committed | committed | dead | false | 2 two',
      '(0,3) | (0,6) | committed | in progress | deleting | false | 1 uno',
      '(0,4) | (0,4) | aborted | - | dead | false | 3 lost',
      '(0,5) | (0,5) | in progress | - | inserting | true | 4 four',
      '(0,6) | (0,6) | in progress | - | inserting | true | 1 eins',
    ]);
    expect(versions[2]?.flags).toContain('HEAP_HOT_UPDATED');
    expect(versions[5]?.flags).toContain('HEAP_ONLY_TUPLE');
  });

  it('what pageinspect shows', async () => {
    await pg.reset('inkwell', { extensions: ['pageinspect'] });
    await last(
      pg,
      `CREATE EXTENSION pageinspect;
       CREATE TABLE t (a int PRIMARY KEY, b text); INSERT INTO t SELECT g, g::text FROM generate_series(1, 9) g;
       UPDATE t SET b = NULL WHERE a < 4; DELETE FROM t WHERE a BETWEEN 5 AND 7; SELECT * FROM t;
       VACUUM t; UPDATE t SET a = a + 100 WHERE a IN (1, 9); BEGIN; SELECT * FROM t WHERE a = 2 FOR UPDATE`,
    );
    const { pages } = await pg.inspectPages({ name: 't' });
    const items = await rowsOf(
      pg,
      `SELECT lp, lp_flags, lp_off, lp_len, t_ctid, t_xmin, t_xmax,
         (heap_tuple_infomask_flags(t_infomask, t_infomask2)).raw_flags
       FROM heap_page_items(get_raw_page('t', 0))`,
    );
    const mine = pages[0]?.tuples.map((tuple) => {
      const item = `${tuple.item}`;
      if (tuple.pointer === 'normal') {
        const { bytes, next, xmin, xmax, flags } = tuple.version;
        const told = [`${bytes}`, next, `${xmin}`, `${xmax}`, `{${flags.join()}}`];
        return [item, '1', expect.any(String), ...told];
      }
      const states = { unused: '0', redirect: '2', dead: '3' };
      const to = tuple.pointer === 'redirect' ? `${tuple.to}` : '0';
      return [item, states[tuple.pointer], to, '0', null, null, null, null];
    });
    expect(mine).toEqual(items);
    expect(new Set(items.map(([, state]) => state))).toEqual(new Set(['0', '1', '2']));
    const header = await rowsOf(pg, "SELECT lower, upper FROM page_header(get_raw_page('t', 0))");
    expect([[`${pages[0]?.lower}`, `${pages[0]?.upper}`]]).toEqual(header);
  });

  it('a lock for what it is, also one that several hold', async () => {
    await last(
      pg,
      `CREATE TABLE t (a int PRIMARY KEY, b int); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
       BEGIN; SELECT * FROM t WHERE a = 1 FOR SHARE; SELECT * FROM t WHERE a = 2 FOR KEY SHARE;
       PREPARE TRANSACTION 'other';
       BEGIN; SELECT * FROM t WHERE a = 1 FOR SHARE; UPDATE t SET b = 9 WHERE a = 2`,
    );
    const states = (await versionsOf('t')).map(({ state, xmaxStatus, flags }) => [
      state,
      xmaxStatus,
      flags.includes('HEAP_XMAX_IS_MULTI'),
    ]);
    expect(states).toEqual([
      ['live', undefined, true],
      ['deleting', 'in progress', true],
      ['live', undefined, false],
      ['inserting', undefined, false],
    ]);
  });

  it('values of columns that were added or dropped later', async () => {
    await last(
      pg,
      `CREATE TABLE t (a int, gone int, b int); INSERT INTO t VALUES (1, 2, 3);
       ALTER TABLE t DROP COLUMN gone; ALTER TABLE t ADD COLUMN c text DEFAULT 'new'; DELETE FROM t`,
    );
    const { columns } = await pg.inspectPages({ name: 't' });
    expect(columns).toEqual(['a', 'b', 'c']);
    expect((await versionsOf('t')).map(({ values }) => values)).toEqual([['1', '3', 'new']]);
  });

  it('the asked range of a larger table', async () => {
    await last(pg, 'CREATE TABLE t AS SELECT g FROM generate_series(1, 20000) g');
    const { pages, pageCount } = await pg.inspectPages({ name: 't' }, { from: 10, count: 2 });
    expect(pageCount).toBe(89);
    expect(pages.map(({ number, tuples }) => [number, tuples.length])).toEqual([
      [10, 226],
      [11, 226],
    ]);
    const [first] = pages[0]?.tuples ?? [];
    expect(first).toMatchObject({ version: { ctid: '(10,1)', values: ['2261'], visible: true } });
    expect((await pg.inspectPages({ name: 't' }, { from: 88 })).pages).toHaveLength(1);
    expect((await pg.inspectPages({ name: 't' }, { from: 89 })).pages).toEqual([]);
  });

  it.each([
    ['nowhere', 'There is no table "public"."nowhere".'],
    ['page_views', '"public"."page_views" is partitioned and has no pages'],
    ['v', '"public"."v" is no table'],
    ['fast', 'it is temporary or unlogged'],
  ])('of %s, that there are none', async (name, message) => {
    await last(pg, 'CREATE VIEW v AS SELECT 1; CREATE UNLOGGED TABLE fast (a int)');
    await expect(pg.inspectPages({ schema: 'public', name })).rejects.toThrow(message);
    expect(await rowsOf(pg, 'SELECT 1')).toEqual([['1']]);
  });
});

describe('a page that was never written to', () => {
  it('has no tuples', () => {
    const page = new Uint8Array(8192);
    reviveAll(page);
    expect(page.every((byte) => byte === 0)).toBe(true);
    expect(readPage(page, 3)).toEqual({
      number: 3,
      lower: 0,
      upper: 0,
      freeBytes: 0,
      flags: [],
      tuples: [],
    });
  });
});
