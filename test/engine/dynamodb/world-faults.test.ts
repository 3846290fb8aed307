/** What comes from others: transactions that hold items, and faults of the service. */
import { describe, expect, test } from 'vitest';
import type { DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import { Bench, N, S } from './support.ts';

const bench = (world: NonNullable<DynamoDBOptions['world']>) =>
  new Bench({}, { now: () => 1_000_000, world });

const conflict = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
const put = (pk: string) => ({ Put: { TableName: 'Things', Item: { pk: S(pk) } } });

describe('An item that the transaction of another client holds', () => {
  const held = { transactionConflicts: [{ table: 'Things', key: { pk: S('a') } }] };

  test('cancels a transaction of writes, with the reason at its place', () => {
    const { ok, refused } = bound(bench(held));
    expect(refused('TransactWriteItems', { TransactItems: [put('b'), put('a')] })).toEqual({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]',
      CancellationReasons: [{ Code: 'None' }, conflict],
    });
    expect(ok('Scan', { TableName: 'Things' }).Count).toBe(0);
    ok('TransactWriteItems', { TransactItems: [put('b'), put('a')] });
    expect(ok('Scan', { TableName: 'Things' }).Count).toBe(2);
  });

  test('cancels a transaction of reads', () => {
    const { refused } = bound(bench(held));
    const get = { Get: { TableName: 'Things', Key: { pk: S('a') } } };
    expect(refused('TransactGetItems', { TransactItems: [get] }).CancellationReasons).toEqual([
      conflict,
    ]);
  });

  test.each([
    ['PutItem', { Item: { pk: S('a') } }],
    ['DeleteItem', { Key: { pk: S('a') } }],
    ['UpdateItem', { Key: { pk: S('a') }, UpdateExpression: 'REMOVE x' }],
  ])('refuses %s, whatever its condition', (operation, request) => {
    const { refused, ok } = bound(bench(held));
    const conditional = {
      TableName: 'Things',
      ...request,
      ConditionExpression: 'attribute_exists(pk)',
    };
    expect(refused(operation, conditional)).toEqual({
      name: 'TransactionConflictException',
      message: 'Transaction is ongoing for the item',
    });
    expect(refused(operation, conditional).name).toBe('ConditionalCheckFailedException');
    ok(operation, { TableName: 'Things', ...request });
  });

  test('is left unprocessed by a batch, which writes the others', () => {
    const { ok } = bound(bench(held));
    const put = (pk: string) => ({ PutRequest: { Item: { pk: S(pk) } } });
    const batch = (...keys: string[]) =>
      ok('BatchWriteItem', { RequestItems: { Things: keys.map(put) } }).UnprocessedItems;
    expect(batch('b', 'a', 'c')).toEqual({ Things: [put('a')] });
    expect(ok('Scan', { TableName: 'Things' }).Count).toBe(2);
    expect(batch('a')).toEqual({});
  });

  test('is left unprocessed by a batch of nothing else too', () => {
    const { ok } = bound(bench(held));
    const requests = { Things: [{ DeleteRequest: { Key: { pk: S('a') } } }] };
    expect(ok('BatchWriteItem', { RequestItems: requests })).toEqual({
      UnprocessedItems: requests,
    });
  });

  test('fails its statement of a batch alone', () => {
    const { ok } = bound(bench(held));
    const insert = (pk: string) => ({ Statement: `INSERT INTO "Things" VALUE {'pk': '${pk}'}` });
    const { Responses } = ok('BatchExecuteStatement', { Statements: [insert('a'), insert('b')] });
    expect(Responses).toEqual([{ Error: conflict }, { TableName: 'Things' }]);
  });

  test('can be read, and leaves other items alone', () => {
    const { ok } = bound(bench(held));
    ok('GetItem', { TableName: 'Things', Key: { pk: S('a') } });
    ok('PutItem', { TableName: 'Things', Item: { pk: S('b') } });
  });

  test('may be held for several requests', () => {
    const { refused, ok } = bound(
      bench({ transactionConflicts: [{ table: 'Things', requests: 2 }] }),
    );
    refused('PutItem', { TableName: 'Things', Item: { pk: S('x') } });
    refused('PutItem', { TableName: 'Things', Item: { pk: S('y') } });
    ok('PutItem', { TableName: 'Things', Item: { pk: S('z') } });
  });
});

test('A number makes as many of the next transactions conflict, and no other request', () => {
  const { ok, refused } = bound(bench({ transactionConflicts: 2 }));
  ok('PutItem', { TableName: 'Things', Item: { pk: S('a') } });
  const request = { TransactItems: [put('a'), put('b')] };
  expect(refused('TransactWriteItems', request).CancellationReasons).toEqual([
    conflict,
    { Code: 'None' },
  ]);
  refused('TransactWriteItems', request);
  ok('TransactWriteItems', request);
});

describe('Faults', () => {
  const count = {
    TableName: 'Things',
    Key: { pk: S('a') },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': N(1) },
  };
  const n = ({ db }: Bench) =>
    db.handle('GetItem', { TableName: 'Things', Key: { pk: S('a') } }).body;

  test('before a request is done leave everything as it is', () => {
    const one = bench({ faults: { schedule: [{ operation: 'UpdateItem', request: 2 }] } });
    one.ok('UpdateItem', count);
    const { status, body, metering, world } = one.db.handle('UpdateItem', count);
    expect(status).toBe(500);
    expect(body).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
      message: 'Internal server error',
    });
    expect(metering.tables).toEqual([]);
    expect(world).toMatchObject([{ kind: 'fault', facts: { when: 'before' } }]);
    expect(n(one)).toEqual({ Item: { pk: S('a'), n: N(1) } });
  });

  test('after it lose the answer, not the effect: a retry counts twice', () => {
    const one = bench({
      faults: { schedule: [{ operation: 'UpdateItem', request: 1, when: 'after' }] },
    });
    expect(one.db.handle('UpdateItem', count).status).toBe(500);
    expect(one.db.handle('UpdateItem', count).status).toBe(200);
    expect(n(one)).toEqual({ Item: { pk: S('a'), n: N(2) } });
  });

  test('do no harm to a transaction with a token, which is made once', () => {
    const one = bench({
      faults: { schedule: [{ operation: 'TransactWriteItems', request: 1, when: 'after' }] },
    });
    const { TableName, ...update } = count;
    const request = {
      ClientRequestToken: 'once',
      TransactItems: [{ Update: { TableName, ...update } }],
    };
    expect(one.db.handle('TransactWriteItems', request).status).toBe(500);
    expect(one.db.handle('TransactWriteItems', request).status).toBe(200);
    expect(n(one)).toEqual({ Item: { pk: S('a'), n: N(1) } });
  });

  test('may be throttling', () => {
    const one = bench({ faults: { schedule: [{ request: 2, error: 'ThrottlingException' }] } });
    const { status, body } = one.db.handle('ListTables', {});
    expect(status).toBe(400);
    expect(body.__type).toBe('com.amazon.coral.availability#ThrottlingException');
  });

  test('by chance come at their rate, the same in every run of a seed', () => {
    const run = (seed: number) => {
      const { db } = new Bench({}, { now: () => 0 });
      db.configure({ seed, faults: { rate: 0.2 } });
      return Array.from({ length: 200 }, () => db.handle('ListTables', {}).status);
    };
    const faults = run(7).filter((status) => status === 500).length;
    expect(faults).toBeGreaterThan(25);
    expect(faults).toBeLessThan(55);
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });
});

function bound(one: Bench) {
  return { ok: one.ok.bind(one), refused: one.refused.bind(one) };
}
