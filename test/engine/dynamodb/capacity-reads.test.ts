/** What reads cost: AWS's rules for read units, and what the emulator reports of all units. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { cost, key, sized } from './capacity.support.ts';
import { Bench, N, S, type TableOptions, text } from './support.ts';

describe('reads', () => {
  it.each([
    [4096, false, 0.5],
    [4096, true, 1],
    [4097, false, 1],
    [4097, true, 2],
  ])('of %i bytes, consistent: %s, cost %d units', (bytes, ConsistentRead, units) => {
    const bench = new Bench();
    bench.put(sized(bytes));
    bench.get(key, { ConsistentRead });
    expect(cost(bench).all).toBe(units);
    bench.get(key, { ConsistentRead, ProjectionExpression: 'pk' });
    expect(cost(bench).all).toBe(units);
  });

  it('of nothing cost the least there is', () => {
    const bench = new Bench();
    bench.get(key);
    expect(cost(bench).all).toBe(0.5);
    bench.get(key, { ConsistentRead: true });
    expect(cost(bench).all).toBe(1);
    bench.ok('Scan', { TableName: 'Things' });
    expect(cost(bench).all).toBe(0.5);
  });

  it('of a Query are of the sum of its items, rounded up once, whatever is filtered', () => {
    const bench = new Bench({ keys: 'pk:S, sk:N' });
    for (let sk = 0; sk < 20; sk++) bench.put({ pk: S('a'), sk: N(sk), body: text(1000) });
    const request = {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :p',
      FilterExpression: 'body = :p',
      ExpressionAttributeValues: { ':p': S('a') },
    };
    // 20 items of a little over 1,000 bytes are between 20,000 and 20,480 bytes.
    bench.ok('Query', request);
    expect(cost(bench).all).toBe(2.5);
    bench.ok('Query', { ...request, ConsistentRead: true });
    expect(cost(bench).all).toBe(5);
    expect(bench.metering).toMatchObject({ itemsRead: 20, itemsReturned: 0 });
  });

  it('tell how many partition keys they came to', () => {
    const bench = new Bench({ keys: 'pk:N, sk:S', global: { mirror: { keys: 'sk:S' } } });
    const came = (operation: string, request: Record<string, Json>) => {
      bench.ok(operation, request);
      return bench.metering.partitionKeys;
    };
    const at = (pk: number, sk: string) => ({ pk: N(pk), sk: S(sk) });
    const puts = [at(1, 'a'), at(1, 'b\0\u00ff'), at(-10, 'a'), at(10, 'a')].map((Item) => ({
      PutRequest: { Item },
    }));
    expect(came('BatchWriteItem', { RequestItems: { Things: puts } })).toBe(3);
    const Keys = [at(1, 'a'), at(1, 'b'), at(2, 'a')];
    expect(came('BatchGetItem', { RequestItems: { Things: { Keys } } })).toBe(2);
    const query = (pk: number) => ({
      TableName: 'Things',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': N(pk) },
    });
    expect(came('Query', query(1))).toBe(1);
    expect(came('Query', query(3))).toBe(1);
    expect(came('Scan', { TableName: 'Things' })).toBe(3);
    expect(came('Scan', { TableName: 'Things', Limit: 1 })).toBe(1);
    expect(came('Scan', { TableName: 'Things', IndexName: 'mirror' })).toBe(2);
    const check = (Key: Json) => ({
      ConditionCheck: { TableName: 'Things', Key, ConditionExpression: 'attribute_exists(pk)' },
    });
    expect(
      came('TransactWriteItems', { TransactItems: [check(at(1, 'a')), check(at(10, 'a'))] }),
    ).toBe(2);
    bench.refused('GetItem', { TableName: 'Things', Key: { pk: N(1) } });
    expect(bench.metering.partitionKeys).toBe(0);
  });

  it('of a batch are rounded up for each item', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), body: text(5000) });
    const Keys = ['a', 'b', 'c'].map((pk) => ({ pk: S(pk) }));
    bench.ok('BatchGetItem', { RequestItems: { Things: { Keys } } });
    expect(cost(bench).all).toBe(1 + 0.5 + 0.5);
  });

  it('of an index are of its entries; a local one bills each item that it fetches, too', () => {
    const bench = new Bench({
      keys: 'pk:S, sk:S',
      global: { gsi: { keys: 'tag:S', projected: 'KEYS_ONLY' } },
      local: { lsi: { keys: 'pk:S, tag:S', projected: 'KEYS_ONLY' } },
    });
    for (const sk of ['1', '2'])
      bench.put({ pk: S('p'), sk: S(sk), tag: S('t'), body: text(5000) });
    const query = (IndexName: string, name: string, value: string, more = {}) =>
      bench.ok('Query', {
        TableName: 'Things',
        IndexName,
        KeyConditionExpression: `${name} = :v`,
        ExpressionAttributeValues: { ':v': S(value) },
        ReturnConsumedCapacity: 'INDEXES',
        ...more,
      }).ConsumedCapacity;
    expect(query('gsi', 'tag', 't')).toEqual({
      TableName: 'Things',
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { gsi: { CapacityUnits: 0.5 } },
    });
    expect(query('lsi', 'pk', 'p', { Select: 'ALL_ATTRIBUTES' })).toEqual({
      TableName: 'Things',
      CapacityUnits: 2.5,
      Table: { CapacityUnits: 2 },
      LocalSecondaryIndexes: { lsi: { CapacityUnits: 0.5 } },
    });
  });
});

describe('ConsumedCapacity', () => {
  const options: TableOptions = { global: { gsi: { keys: 'tag:S' } } };
  const consumed = (ReturnConsumedCapacity?: string) =>
    new Bench(options).put(
      { ...key, tag: S('t') },
      ReturnConsumedCapacity ? { ReturnConsumedCapacity } : {},
    );

  it('is given as much of as was asked for', () => {
    expect(consumed()).toEqual({});
    expect(consumed('NONE')).toEqual({});
    expect(consumed('TOTAL')).toEqual({
      ConsumedCapacity: { TableName: 'Things', CapacityUnits: 2 },
    });
    expect(consumed('INDEXES')).toEqual({
      ConsumedCapacity: {
        TableName: 'Things',
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { gsi: { CapacityUnits: 1 } },
      },
    });
  });

  it('tells reads from writes in transactions', () => {
    const answer = new Bench(options).ok('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'Things', Item: { ...key, tag: S('t') } } }],
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(answer.ConsumedCapacity).toEqual([
      {
        TableName: 'Things',
        CapacityUnits: 3,
        WriteCapacityUnits: 3,
        Table: { CapacityUnits: 2, WriteCapacityUnits: 2 },
        GlobalSecondaryIndexes: { gsi: { CapacityUnits: 1, WriteCapacityUnits: 1 } },
      },
    ]);
  });
});
