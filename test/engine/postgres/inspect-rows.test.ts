/** Rows of a table at the states of a run, and what became of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Moment, RowRange } from '../../../src/engine/lab/inspect-rows.ts';
import type { PostgresEngine } from '../../../src/engine/postgres/session.ts';
import { openPostgres } from '../../../tools/engines/postgres.ts';
import { last, rowsOf } from './scripts.ts';

let pg: PostgresEngine;
beforeAll(async () => {
  pg = await openPostgres();
});
afterAll(() => pg.close());
beforeEach(() => pg.reset('inkwell'));

/** Rows of a table in short: `+`, `~` or `-`, the values, and in brackets those from before. */
async function rows(name: string, range: RowRange = {}, moment: Moment = {}): Promise<string[]> {
  const { rows: found } = await pg.readRows({ name }, range, moment);
  return found.map(({ change, values, before }) => {
    const mark = change ? { added: '+', changed: '~', removed: '-' }[change] : ' ';
    const old = before?.map(({ column, value }) => `${column}: ${value}`).join();
    return `${mark} ${values.map(String).join(' ')}${old === undefined ? '' : ` [${old}]`}`;
  });
}

describe('a page of rows', () => {
  it('comes in the order of the key, with types and the place of each tuple', async () => {
    const page = await pg.readRows({ name: 'orders' }, { from: 2, count: 2 });
    const [first] = await rowsOf(
      pg,
      'SELECT ctid, * FROM orders ORDER BY order_id OFFSET 2 LIMIT 1',
    );
    expect(page.total).toBe(300);
    expect(page.columns[0]).toEqual({ name: 'order_id', type: 'text' });
    expect(page.rows).toHaveLength(2);
    expect([{ ctid: first?.[0] }, first?.slice(1)]).toEqual([
      page.rows[0]?.place,
      page.rows[0]?.values,
    ]);
  });

  it('is that of the session: within its transaction, whatever its role and time zone', async () => {
    await last(
      pg,
      `CREATE TABLE t (a int, b timestamptz); CREATE ROLE nobody;
       BEGIN; INSERT INTO t VALUES (1, '2026-01-01 00:00Z'); SET TIME ZONE 'Asia/Tokyo'; SET ROLE nobody`,
    );
    expect(await rows('t')).toEqual(['  1 2026-01-01 00:00:00+00']);
    expect(await rowsOf(pg, 'SELECT current_user')).toEqual([['nobody']]);
  });

  it('of a table that is in no state is refused', async () => {
    await expect(rows('nowhere')).rejects.toThrow('There is no table nowhere.');
    await expect(rows('orders', {}, { state: 7 })).rejects.toThrow('not kept any more');
  });
});

describe('states of a run', () => {
  beforeEach(async () => {
    await pg.keepState(0);
    await last(
      pg,
      `CREATE TABLE t (a int PRIMARY KEY, b text); INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL)`,
    );
    await pg.keepState(1);
    await last(
      pg,
      `UPDATE t SET b = 'zwei' WHERE a = 2; DELETE FROM t WHERE a = 1; INSERT INTO t VALUES (4, 'four');
       DELETE FROM order_items; BEGIN; UPDATE inventory SET stock = stock - 1 WHERE product_id = 'P9012'`,
    );
    await pg.keepState(2);
    await last(pg, 'ROLLBACK; ALTER TABLE t ADD COLUMN c int; ALTER TABLE t DROP COLUMN b');
    await pg.keepState(3);
  });

  it('show the rows that there were, and what had become of them since another state', async () => {
    expect(await rows('t', {}, { state: 1 })).toEqual(['  1 one', '  2 two', '  3 null']);
    expect(await rows('t', {}, { state: 1, since: 0 })).toEqual(['+ 1 one', '+ 2 two', '+ 3 null']);
    expect(await rows('t', {}, { state: 2, since: 1 })).toEqual([
      '- 1 one',
      '~ 2 zwei [1: two]',
      '  3 null',
      '+ 4 four',
    ]);
    expect(await rows('t', { changedOnly: true }, { state: 2, since: 1 })).toHaveLength(3);
    expect(await rows('orders', { changedOnly: true }, { state: 2, since: 1 })).toEqual([]);
    await expect(rows('t', {}, { state: 0 })).rejects.toThrow('There is no table t.');
  });

  it('do not take an added column for a change of rows, as long as it is NULL', async () => {
    expect(await rows('t', {}, { state: 3, since: 2 })).toEqual([
      '  2 null',
      '  3 null',
      '  4 null',
    ]);
  });

  it('do not take what an added column holds by default for a change of rows', async () => {
    await last(
      pg,
      "ALTER TABLE t ADD COLUMN d text DEFAULT 'new'; UPDATE t SET d = 'x' WHERE a = 2",
    );
    await pg.keepState(4);
    expect(await rows('t', { changedOnly: true }, { state: 4, since: 3 })).toEqual([
      '~ 2 null x [2: new]',
    ]);
  });

  it('tell what became of tables, columns and the number of rows', async () => {
    const { tables } = await pg.describe({ state: 2, since: 0 });
    const changed = tables.filter(({ change, rowChanges }) => change || rowChanges);
    expect(changed.map(({ name, change, rowChanges }) => [name, change, rowChanges])).toEqual([
      ['inventory', undefined, { added: 0, changed: 1, removed: 0 }],
      ['order_items', undefined, { added: 0, changed: 0, removed: 600 }],
      ['t', 'added', { added: 3, changed: 0, removed: 0 }],
    ]);
    const later = await pg.describe({ state: 3, since: 2 });
    const t = later.tables.find(({ name }) => name === 't');
    expect(t?.columns.map(({ name, change }) => [name, change])).toEqual([
      ['a', undefined],
      ['b', 'removed'],
      ['c', 'added'],
    ]);
    const back = later.tables.find(({ name }) => name === 'inventory');
    expect(back?.rowChanges).toEqual({ added: 0, changed: 1, removed: 0 });
  });

  it('have pages of their own, and leave no trace in the session', async () => {
    const { pages } = await pg.inspectPages({ name: 't' }, {}, { state: 1 });
    expect(pages[0]?.tuples).toHaveLength(3);
    expect((await pg.inspectPages({ name: 't' })).pages[0]?.tuples).toHaveLength(5);
    const before = await rowsOf(pg, 'SELECT txid_current_if_assigned(), pg_current_wal_lsn()');
    await pg.describe({ state: 1, since: 0 });
    expect(await rowsOf(pg, 'SELECT txid_current_if_assigned(), pg_current_wal_lsn()')).toEqual(
      before,
    );
  });

  it('are gone after a reset', async () => {
    await pg.reset('inkwell');
    await expect(pg.describe({ state: 1 })).rejects.toThrow('not kept any more');
  });
});
