/** Imports into the playground: what is read, how it is understood, and that the files do what they say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guessKind } from '@/components/playground/import/kinds.ts';
import {
  firstPlan,
  keyColumns,
  type Plan,
  problems,
  ROW_NUMBER,
} from '@/components/playground/import/plan.ts';
import { ReadError, readRecords } from '@/components/playground/import/records.ts';
import { writeScript } from '@/components/playground/import/write-script.ts';
import { identifier, writeSql } from '@/components/playground/import/write-sql.ts';
import type { Side } from '@/engine/lab/result.ts';
import { runLab } from '@/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../tools/engines/open.ts';

const BOOKS = `id,title,price,sold,on sale,seen
1,"Emma, a novel",9.50,true,2024-03-10,2024-03-10T14:23:23Z
2,"She said ""no""",,false,2024-12-31,
30000000000,,1e2,true,2020-02-29,2020-02-29 00:00:00+01
`;

const read = (text: string, hasHeader = true) => readRecords(text, hasHeader);
const planOf = (text: string, side: Side, source = 'books.csv') => {
  const records = read(text);
  return { records, plan: firstPlan(records, side, source, []) };
};
const kindsOf = (text: string, side: Side) => {
  const records = read(text);
  return Object.fromEntries(records.names.map((name) => [name, guessKind(records, name, side)]));
};

describe('what is read', () => {
  test('CSV: an empty cell is no value, quotes and line ends inside quotes are the value’s', () => {
    const { format, names, rows } = read('a,b\n1,\n"x\ny","say ""so"""\n');
    expect({ format, names }).toEqual({ format: 'CSV', names: ['a', 'b'] });
    expect(rows).toEqual([{ a: { S: '1' } }, { a: { S: 'x\ny' }, b: { S: 'say "so"' } }]);
  });

  test('CSV with tabs or semicolons, and without names', () => {
    expect(read('a\tb\n1\t2\n').rows).toEqual([{ a: { S: '1' }, b: { S: '2' } }]);
    expect(read('a;b\n1;2\n').rows).toEqual([{ a: { S: '1' }, b: { S: '2' } }]);
    expect(read('1,2\n3,4\n', false).rows[0]).toEqual({
      column_1: { S: '1' },
      column_2: { S: '2' },
    });
  });

  test('rows that are longer or shorter lose nothing, and are told of', () => {
    const { names, rows, notes } = read('a,a\n1,2,3\n4\n');
    expect(names).toEqual(['a', 'a_2', 'column_3']);
    expect(rows).toEqual([
      { a: { S: '1' }, a_2: { S: '2' }, column_3: { S: '3' } },
      { a: { S: '4' } },
    ]);
    expect(notes.map(({ row, column }) => row ?? column)).toEqual(['a_2', 1, 2]);
  });

  test('JSON: numbers keep their digits, null is not the same as nothing', () => {
    const { format, rows } = read(
      '[{"n": 12345678901234567890.10, "x": null}, {"t": ["a", {"b": 1}]}]',
    );
    expect(format).toBe('JSON');
    expect(rows).toEqual([
      { n: { N: '12345678901234567890.10' }, x: { NULL: true } },
      { t: { L: [{ S: 'a' }, { M: { b: { N: '1' } } }] } },
    ]);
  });

  test('JSON Lines, and DynamoDB JSON as an export, a Scan or a BatchWriteItem has it', () => {
    expect(read('{"a": 1}\n\n{"a": 2}\n')).toMatchObject({ format: 'JSON Lines', names: ['a'] });
    const typed = [{ Id: { S: 'a' }, Tags: { SS: ['x', 'y'] } }];
    for (const text of [
      '{"Item": {"Id": {"S": "a"}, "Tags": {"SS": ["x", "y"]}}}\n',
      '{"Items": [{"Id": {"S": "a"}, "Tags": {"SS": ["x", "y"]}}], "Count": 1}',
      '{"Books": [{"PutRequest": {"Item": {"Id": {"S": "a"}, "Tags": {"SS": ["x", "y"]}}}}]}',
    ]) {
      expect(read(text)).toMatchObject({ format: 'DynamoDB JSON', rows: typed });
    }
  });

  test.each([
    ['', 'There is nothing in it.'],
    ['[{"a": 1}, 7]', 'Row 2 is no object'],
    ['{"a": 1}\n{"a": }\n', 'Line 2: it is no JSON'],
    ['[{"a": 1},\n {"a": }]', 'it is no JSON'],
    ['a,b\n1,"x\n', 'Quoted field unterminated'],
    ['x'.repeat(2_000_001), 'up to 2 MB'],
  ])('what cannot be read says why: %.20j', (text, message) => {
    expect(() => read(text)).toThrow(ReadError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('how it is understood', () => {
  test('the narrowest type that all values fit', () => {
    expect(kindsOf(BOOKS, 'postgres')).toEqual({
      ...{ id: 'bigint', title: 'text', price: 'numeric', sold: 'boolean' },
      ...{ 'on sale': 'date', seen: 'timestamptz' },
    });
    expect(kindsOf(BOOKS, 'dynamodb')).toMatchObject({
      id: 'numeric',
      title: 'text',
      seen: 'text',
    });
  });

  test('what only looks like a number or a day is text', () => {
    expect(kindsOf('zip,day\n01234,2023-02-29\n', 'postgres')).toEqual({
      zip: 'text',
      day: 'text',
    });
    expect(kindsOf('[{"zip": "1234"}]', 'postgres')).toEqual({ zip: 'text' });
    expect(kindsOf('[{"a": [1]}, {"a": 1}]', 'postgres')).toEqual({ a: 'jsonb' });
  });

  test('a key is a column with a value of its own in each row; without one, the number of the row', () => {
    expect(planOf(BOOKS, 'dynamodb').plan.key).toBe('id');
    expect(planOf('a,b\n1,x\n1,y\n', 'postgres').plan.key).toBe('b');
    expect(planOf('a\n1\n1\n', 'dynamodb').plan.key).toBe(ROW_NUMBER);
    const { records, plan } = planOf(BOOKS, 'postgres');
    expect(keyColumns(records, plan.kinds, 'postgres')).toEqual(['id', 'sold', 'on sale']);
  });

  test('the table is named after the file', () => {
    expect(planOf(BOOKS, 'postgres', 'order-items 2.csv').plan.table).toBe('order_items_2');
    expect(planOf(BOOKS, 'dynamodb', 'order-items 2.csv').plan.table).toBe('OrderItems2');
  });

  test('what is wrong is said by row and column', () => {
    const { records, plan } = planOf(BOOKS, 'postgres');
    expect(problems(records, plan)).toEqual([]);
    const asInteger: Plan = { ...plan, kinds: new Map(plan.kinds).set('price', 'integer') };
    expect(problems(records, asInteger)).toEqual([
      { row: 1, column: 'price', message: '"9.50" is no integer' },
      { row: 3, column: 'price', message: '"1e2" is no integer' },
    ]);
    expect(problems(records, { ...plan, key: 'sold' })).toMatchObject([
      { row: 3, column: 'sold', message: 'the same key as row 1; choose another one' },
    ]);
  });

  test('names are quoted where SQL needs it', () => {
    expect(['book', 'on sale', 'order', 'a"b'].map(identifier)).toEqual([
      ...['book', '"on sale"', '"order"', '"a""b"'],
    ]);
  });
});

describe('the files, run by the engines', () => {
  let engines: OpenEngines;
  beforeAll(async () => {
    engines = await openEngines();
  });
  afterAll(() => engines.close());
  const { signal } = new AbortController();

  async function query(text: string, sql: string, change: Partial<Plan> = {}) {
    const { records, plan } = planOf(text, 'postgres');
    const first = {
      postgres: [{ name: 'books.sql', text: writeSql(records, { ...plan, ...change }) }],
    };
    const run = await runLab(engines, {
      lab: { dataset: 'empty', expect: {}, first },
      ...{ sides: ['postgres'], sources: { postgres: sql }, signal },
    });
    expect(run.postgres?.error).toBeUndefined();
    return run.postgres?.steps[0]?.statements[0]?.rows;
  }

  async function scan(text: string, table: string) {
    const { records, plan } = planOf(text, 'dynamodb');
    const first = { dynamodb: [{ name: 'books.ts', text: writeScript(records, plan) }] };
    const run = await runLab(engines, {
      lab: { dataset: 'empty', expect: {}, first },
      ...{ sides: ['dynamodb'], sources: { dynamodb: '' }, signal },
    });
    expect(run.dynamodb?.error).toBeUndefined();
    const { body } = await engines.dynamodb.handle('Scan', { TableName: table });
    return body;
  }

  test('PostgreSQL has each value, NULL where there was none', async () => {
    expect(await query(BOOKS, 'SELECT * FROM books ORDER BY id;')).toEqual([
      ['1', 'Emma, a novel', '9.50', 't', '2024-03-10', '2024-03-10 14:23:23+00'],
      ['2', 'She said "no"', null, 'f', '2024-12-31', null],
      ['30000000000', null, '1e2', 't', '2020-02-29', '2020-02-28 23:00:00+00'].with(2, '100'),
    ]);
  });

  test('PostgreSQL has texts with line ends, backslashes and the end of COPY in them', async () => {
    const texts = ['a\nb', 'a\r\nb', '\\.', 'x\n\\.\ny', ' ', '\\N', "it's", '-- step: no'];
    const json = JSON.stringify(texts.map((text, id) => ({ id, text })));
    const rows = await query(json, 'SELECT text FROM books ORDER BY id;');
    expect(rows?.map(([text]) => text)).toEqual(texts);
  });

  test('PostgreSQL has lists and maps as jsonb, and a key of two columns', async () => {
    const text = '[{"a": 1, "b": 1, "doc": {"x": [1.50, null]}}, {"a": 1, "b": 2}]';
    const rows = await query(text, 'SELECT doc, b FROM books ORDER BY b;', { key: 'a', sort: 'b' });
    expect(rows).toEqual([
      ['{"x": [1.50, null]}', '1'],
      [null, '2'],
    ]);
  });

  test('DynamoDB has each value, and no attribute where there was none', async () => {
    const body = await scan(BOOKS, 'Books');
    expect(body['Items']).toContainEqual({
      ...{ id: { N: '2' }, title: { S: 'She said "no"' }, sold: { BOOL: false } },
      'on sale': { S: '2024-12-31' },
    });
    expect(body['Count']).toBe(3);
  });

  test('DynamoDB has more than a batch of items, and types as they were given', async () => {
    const items = Array.from({ length: 60 }, (_, n) => ({
      Item: { Id: { S: `b${n}` }, Bytes: { B: 'AAEC' }, Tags: { NS: ['1', '2'] } },
    }));
    const body = await scan(items.map((item) => JSON.stringify(item)).join('\n'), 'Books');
    expect(body['Count']).toBe(60);
    expect(body['Items']).toContainEqual(items[7]?.Item);
  });
});
