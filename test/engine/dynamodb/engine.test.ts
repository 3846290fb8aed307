/** The engine as a whole: snapshots, loading, what it does with requests and answers, limits, unknown operations. */
import { describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, L, M, N, S, tableRequest, text } from './support.ts';

const key = { pk: S('a') };

describe('snapshots', () => {
  it('bring back tables, indexes and items, as often as wanted', () => {
    const bench = new Bench({ global: { gsi: { keys: 'tag:S' } } });
    bench.put({ ...key, tag: S('t'), n: N(1) });
    const snapshot = bench.db.snapshot();
    for (let round = 0; round < 3; round++) {
      bench.update(key, 'SET n = :v, tag = :u', {
        ExpressionAttributeValues: { ':v': N(2), ':u': S('u') },
      });
      bench.ok('CreateTable', tableRequest('Other', {}));
      bench.ok('DeleteItem', { TableName: 'Things', Key: key });
      bench.db.restore(snapshot);
      expect(bench.get(key)).toEqual({ ...key, tag: S('t'), n: N(1) });
      expect(bench.ok('Scan', { TableName: 'Things', IndexName: 'gsi' }).Items).toHaveLength(1);
      expect(bench.ok('ListTables', {}).TableNames).toEqual(['Things']);
    }
  });

  it('are independent of each other and of the engine that took them', () => {
    const bench = new Bench();
    const empty = bench.db.snapshot();
    bench.put(key);
    const full = bench.db.snapshot();
    const other = createDynamoDB();
    other.restore(full);
    other.handle('PutItem', { TableName: 'Things', Item: { pk: S('b') } });
    bench.db.restore(empty);
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
    expect(other.handle('Scan', { TableName: 'Things' }).body.Count).toBe(2);
    bench.db.restore(full);
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(1);
  });

  it('forget the tokens of transactions that came after', () => {
    const bench = new Bench();
    const before = bench.db.snapshot();
    const request = {
      ClientRequestToken: 'once',
      TransactItems: [{ Put: { TableName: 'Things', Item: key } }],
    };
    bench.ok('TransactWriteItems', request);
    bench.db.restore(before);
    bench.ok('TransactWriteItems', request);
    expect(bench.get(key)).toEqual(key);
  });

  it('cost the same however much there is', () => {
    const cost = (items: number) => {
      const db = createDynamoDB();
      const list = Array.from({ length: items }, (_, n) => ({ pk: S(`item ${n}`) }));
      db.load([tableRequest('Things', {})], { Things: list });
      // The quickest of several rounds: what else the machine does can only make one slower.
      const rounds = Array.from({ length: 10 }, () => {
        const begin = performance.now();
        for (let time = 0; time < 100; time++) db.restore(db.snapshot());
        return performance.now() - begin;
      });
      return Math.min(...rounds);
    };
    cost(10);
    expect(cost(20_000) / cost(20)).toBeLessThan(20);
  });
});

describe('load', () => {
  it('makes and fills tables with their indexes', () => {
    const db = createDynamoDB();
    const table = tableRequest('Things', { global: { gsi: { keys: 'tag:S' } } });
    db.load([table], { Things: [{ ...key, tag: S('t') }, { pk: S('b') }] });
    expect(db.handle('Scan', { TableName: 'Things' }).body.Count).toBe(2);
    expect(db.handle('Scan', { TableName: 'Things', IndexName: 'gsi' }).body.Count).toBe(1);
  });

  it('names what it refuses, and leaves the engine as it was', () => {
    const db = createDynamoDB();
    const load = (items: Record<string, Json>[]) => () =>
      db.load([tableRequest('Things', {})], { Things: items });
    expect(load([key, { id: S('b') }])).toThrow(
      'item 2 of table Things: One or more parameter values were invalid: Missing the key pk in the item',
    );
    expect(db.handle('ListTables', {}).body.TableNames).toEqual([]);
    expect(() => db.load([], { Nowhere: [key] })).toThrow(
      'item 1 of table Nowhere: Requested resource not found',
    );
  });
});

describe('requests and answers', () => {
  it('belong to the caller: the engine keeps neither', () => {
    const bench = new Bench();
    const item = { ...key, list: L(M({ x: N(1) })), surplus: null, set: { SS: ['a'] } };
    const request = {
      TableName: 'Things',
      Item: { ...key, list: L(M({ x: N(1) })), set: { SS: ['a'] } },
      Unknown: 1,
    };
    const before = structuredClone(request);
    bench.ok('PutItem', request);
    expect(request).toEqual(before);
    request.Item.list.L[0] = S('changed');
    const answer = bench.get(key);
    answer.list.L[0].M.x = S('changed');
    answer.set.SS.push('changed');
    expect(bench.get(key)).toEqual({ ...key, list: item.list, set: item.set });
    const page = bench.ok('Scan', { TableName: 'Things' }).Items[0];
    page.list.L.length = 0;
    expect(bench.get(key).list).toEqual(item.list);
  });

  it.each<[string, Json, string]>([
    ['no object', [], 'Unexpected value type in payload'],
    ['a text for a list', { TableName: 'Things', AttributesToGet: 'x' }, 'Unexpected field type'],
    ['a number for a text', { TableName: 7 }, 'NUMBER_VALUE cannot be converted to String'],
    [
      'a number in quotes',
      { TableName: 'Things', Key: { pk: { N: 7 } } },
      'NUMBER_VALUE cannot be converted to String',
    ],
    [
      'base64 that is none',
      { TableName: 'Things', Key: { pk: { B: 'AB' } } },
      'Base64 encoded length is expected a multiple of 4 bytes but found: 2',
    ],
  ])('that cannot be read are refused: %s', (_what, request, message) => {
    expect(new Bench().refused('GetItem', request)).toEqual({
      name: 'SerializationException',
      Message: message,
    });
  });

  it('may be texts, which are those of the wire', () => {
    const { db } = new Bench();
    const request = JSON.stringify({ TableName: 'Things', Item: key, ReturnValues: 'ALL_OLD' });
    expect(db.handleText('PutItem', request)).toMatchObject({ status: 200, text: '{}' });
    const again = db.handleText('PutItem', request);
    expect(again.text).toBe('{"Attributes":{"pk":{"S":"a"}}}');
    expect(again.metering.itemsWritten).toBe(1);
    const broken = db.handleText('PutItem', '{"TableName": ');
    expect(broken.status).toBe(400);
    expect(broken.text).toBe('{"__type":"com.amazon.coral.service#SerializationException"}');
  });

  it('report all broken constraints at once', () => {
    const error = new Bench().refused('PutItem', {
      TableName: 'Things',
      ReturnValues: 'SOME',
      ReturnConsumedCapacity: 'ALL',
    });
    expect(error.message).toMatch(/^3 validation errors detected: /);
    expect(error.message).toContain("Value 'ALL' at 'returnConsumedCapacity'");
    expect(error.message).toContain(
      "Value null at 'item' failed to satisfy constraint: Member must not be null",
    );
    expect(error.message).toContain("Value 'SOME' at 'returnValues'");
  });
});

describe('values that cannot be', () => {
  const message = (value: Json) =>
    new Bench().refused('PutItem', { TableName: 'Things', Item: { ...key, v: value } }).message;

  it.each<[string, Json, RegExp]>([
    ['no type', {}, /^Supplied AttributeValue is empty/],
    ['null', null, /^Supplied AttributeValue is empty/],
    ['two types', { S: 'a', N: '1' }, /^Supplied AttributeValue has more than one datatypes set/],
    ['no number', N('x'), /^The parameter cannot be converted to a numeric value: x$/],
    ['39 digits', N('1'.repeat(39)), /^Attempting to store more than 38 significant digits/],
    ['too large', N('1e126'), /^Number overflow/],
    ['too small', N('1e-131'), /^Number underflow/],
    ['an empty set', { SS: [] }, /An string set {2}may not be empty$/],
    ['a set with a member twice', { NS: ['1', '1.0'] }, /^Input collection contains duplicates$/],
    ['a false null', { NULL: false }, /must have the value of true$/],
    ['something inside', L(M({ x: N('y') })), /numeric value: y$/],
  ])('%s', (_what, value, pattern) => {
    expect(message(value)).toMatch(pattern);
  });

  it('lists and maps within one another to more than 32 levels', () => {
    const nested = (levels: number): Json => (levels === 0 ? S('in') : L(nested(levels - 1)));
    new Bench().put({ ...key, v: nested(31) });
    expect(message(nested(32))).toMatch(/^Nesting Levels have exceeded supported limits/);
  });
});

describe('sizes', () => {
  it('of items are at most 409,600 bytes of UTF-8, names included', () => {
    const bench = new Bench();
    const filling = (bytes: number) => ({ ...key, v: text(bytes - 4) });
    bench.put(filling(409_600));
    const refusal = (item: Record<string, Json>) =>
      bench.refused('PutItem', { TableName: 'Things', Item: item }).message;
    expect(refusal(filling(409_601))).toBe('Item size has exceeded the maximum allowed size');
    expect(refusal({ ...key, v: S('é'.repeat(204_799)) })).toBe(
      'Item size has exceeded the maximum allowed size',
    );
    const grow = {
      TableName: 'Things',
      Key: key,
      UpdateExpression: 'SET w = :w',
      ExpressionAttributeValues: { ':w': S('') },
    };
    expect(bench.refused('UpdateItem', grow).message).toBe(
      'Item size to update has exceeded the maximum allowed size',
    );
  });

  it('of keys are at most 2,048 bytes for the partition and 1,024 for the sort key', () => {
    const bench = new Bench({ keys: 'pk:S, sk:S' });
    const message = (pk: number, sk: number) =>
      bench.refused('PutItem', { TableName: 'Things', Item: { pk: text(pk), sk: text(sk) } })
        .message;
    bench.put({ pk: text(2048), sk: text(1024) });
    expect(message(2049, 1)).toMatch(
      /Size of hashkey has exceeded the maximum size limit of2048 bytes$/,
    );
    expect(message(1, 1025)).toMatch(/exceeded the size limit of 1024 bytes$/);
  });
});

describe('operations', () => {
  it('that this engine does not have are refused by name, at no cost', () => {
    const bench = new Bench();
    expect(bench.refused('ImportTable', {})).toEqual({
      name: 'UnknownOperationException',
      message: 'ImportTable is an operation of DynamoDB that this emulator does not have.',
    });
    expect(bench.metering.tables).toEqual([]);
  });

  it('that DynamoDB does not have either are refused as it does', () => {
    expect(new Bench().refused('MakeCoffee', {})).toEqual({ name: 'UnknownOperationException' });
    expect(new Bench().refused('constructor', {})).toEqual({ name: 'UnknownOperationException' });
  });
});

describe('ItemCollectionMetrics', () => {
  it('are given of tables with local indexes, when asked', () => {
    const bench = new Bench({ keys: 'pk:S, sk:N', local: { lsi: { keys: 'pk:S, t:N' } } });
    const more = { ReturnItemCollectionMetrics: 'SIZE' };
    expect(bench.put({ ...key, sk: N(1) }, more)).toEqual({
      ItemCollectionMetrics: { ItemCollectionKey: key, SizeEstimateRangeGB: [0, 1] },
    });
    expect(new Bench().put(key, more)).toEqual({});
  });
});
