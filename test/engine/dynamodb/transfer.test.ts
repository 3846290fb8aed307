/** Export and import of tables as DynamoDB JSON. */
import { describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { Bench, L, M, N, S, tableRequest } from './support.ts';

const table = tableRequest('Things', { keys: 'pk:S, sk:N', global: { byTag: { keys: 'tag:S' } } });

/** A bench with items of all types. */
function filled(): Bench {
  const bench = new Bench({ keys: 'pk:S, sk:N', global: { byTag: { keys: 'tag:S' } } });
  bench.put({ pk: S('a'), sk: N(1), tag: S('t'), list: L(N('1.50'), M({ x: { NULL: true } })) });
  bench.put({ pk: S('a'), sk: N(2), tags: { SS: ['x', 'y'] }, bytes: { B: 'AAA=' } });
  bench.put({ pk: S('é\n\u2028"'), sk: N(-3), yes: { BOOL: true }, numbers: { NS: ['1', '2'] } });
  return bench;
}

const scan = (db: Bench['db'], more = {}) =>
  db.handle('Scan', { TableName: 'Things', ...more }).body;

describe('an export', () => {
  it('is one item a line, in the form of exports to Amazon S3', () => {
    const lines = [...filled().db.exportTable('Things')];
    expect(lines).toHaveLength(3);
    expect(lines).toContain(
      '{"Item":{"pk":{"S":"a"},"sk":{"N":"1"},"tag":{"S":"t"},"list":{"L":[{"N":"1.5"},{"M":{"x":{"NULL":true}}}]}}}',
    );
    for (const line of lines) expect(line).not.toContain('\n');
  });

  it('holds the items of the moment of the call', () => {
    const bench = filled();
    const lines = bench.db.exportTable('Things');
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('a'), sk: N(1) } });
    bench.put({ pk: S('b'), sk: N(1) });
    expect([...lines]).toHaveLength(3);
    expect([...lines].join()).toContain('"tag":{"S":"t"}');
  });

  it('is of a table that there is', () => {
    expect(() => filled().db.exportTable('Nowhere')).toThrow('cannot export table Nowhere');
  });
});

describe('an import', () => {
  it('brings back what was exported: items, indexes and sizes', () => {
    const { db } = filled();
    for (const lines of [db.exportTable('Things'), [...db.exportTable('Things')].join('\n')]) {
      const copy = createDynamoDB();
      copy.importTable(table, lines);
      expect(scan(copy)).toEqual(scan(db));
      expect(scan(copy, { IndexName: 'byTag' })).toEqual(scan(db, { IndexName: 'byTag' }));
      expect([...copy.exportTable('Things')]).toEqual([...db.exportTable('Things')]);
      const described = (one: typeof db) =>
        (one.handle('DescribeTable', { TableName: 'Things' }).body.Table ?? {}) as object;
      expect(described(copy)).toMatchObject({ ItemCount: 3 });
      expect(described(copy)).toHaveProperty(
        'TableSizeBytes',
        (described(db) as { TableSizeBytes: number }).TableSizeBytes,
      );
    }
  });

  it('passes over empty lines, takes the last item of a key, and numbers in any form', () => {
    const db = createDynamoDB();
    const item = (n: string) => `{"Item":{"pk":{"S":"a"},"sk":{"N":"${n}"},"n":{"N":"${n}"}}}`;
    db.importTable(table, `\r\n${item('1.0')}\r\n\n${item('1')}\n`);
    expect(scan(db).Items).toEqual([{ pk: S('a'), sk: N(1), n: N(1) }]);
  });

  it.each([
    ['no JSON', '{"Item":', /line 2: .*JSON/],
    [
      'no item',
      '{"pk":{"S":"a"}}',
      /line 2: a line must be an object whose member Item is an item/,
    ],
    ['null', 'null', /line 2: a line must be/],
    ['no key', '{"Item":{"pk":{"S":"a"}}}', /line 2: .*Missing the key sk in the item$/],
    ['a wrong value', '{"Item":{"pk":{"S":"a"},"sk":{"N":"x"}}}', /line 2: .*numeric value: x$/],
    ['a wrong type', '{"Item":{"pk":{"S":7},"sk":{"N":"1"}}}', /line 2: NUMBER_VALUE cannot be/],
    ['an index key', '{"Item":{"pk":{"S":"a"},"sk":{"N":"1"},"tag":{"N":"1"}}}', /Index Key tag/],
  ])('names the line that it refuses, and leaves nothing behind: %s', (_what, line, message) => {
    const db = createDynamoDB();
    const good = '{"Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}';
    expect(() => db.importTable(table, [good, line])).toThrow(message);
    expect(() => db.importTable(table, [good, line])).toThrow(
      /^cannot import table Things, line 2/,
    );
    expect(db.handle('ListTables', {}).body.TableNames).toEqual([]);
  });

  it('makes a new table', () => {
    const { db } = filled();
    expect(() => db.importTable(table, [])).toThrow(
      'cannot import table Things: Table already exists: Things',
    );
    expect(scan(db).Count).toBe(3);
    expect(() => db.importTable({ TableName: 'No' }, [])).toThrow(/^cannot import table No: /);
  });
});
