/** TransactWriteItems and TransactGetItems. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, tableRequest, text } from './support.ts';

const put = (
  pk: string,
  more: Record<string, Json> = {},
  condition: Record<string, Json> = {},
) => ({
  Put: { TableName: 'Things', Item: { pk: S(pk), ...more }, ...condition },
});
const take = (pk: string) => ({
  Update: {
    TableName: 'Things',
    Key: { pk: S(pk) },
    UpdateExpression: 'SET stock = stock - :one',
    ConditionExpression: 'stock >= :one',
    ExpressionAttributeValues: { ':one': N(1) },
  },
});
const check = (pk: string, more: Record<string, Json> = {}) => ({
  ConditionCheck: {
    TableName: 'Things',
    Key: { pk: S(pk) },
    ConditionExpression: 'attribute_exists(pk)',
    ...more,
  },
});
const remove = (pk: string) => ({ Delete: { TableName: 'Things', Key: { pk: S(pk) } } });
const write = (...TransactItems: Json[]) => ({ TransactItems });
const codes = (error: Answer) => error.CancellationReasons.map((reason: Answer) => reason.Code);

describe('TransactWriteItems', () => {
  it('makes all of its changes, over several tables', () => {
    const bench = new Bench();
    bench.ok('CreateTable', tableRequest('Other', {}));
    bench.put({ pk: S('P1'), stock: N(1) });
    bench.put({ pk: S('old') });
    bench.put({ pk: S('customer') });
    const other = { Put: { TableName: 'Other', Item: { pk: S('O1') } } };
    expect(
      bench.ok('TransactWriteItems', write(take('P1'), other, check('customer'), remove('old'))),
    ).toEqual({});
    expect(bench.get({ pk: S('P1') }).stock).toEqual(N(0));
    expect(bench.get({ pk: S('old') })).toBeUndefined();
    expect(bench.ok('Scan', { TableName: 'Other' }).Count).toBe(1);
    expect(bench.metering.itemsWritten).toBe(0);
  });

  it('makes none of them when one condition fails, and says which', () => {
    const bench = new Bench();
    bench.put({ pk: S('P1'), stock: N(0) });
    const error = bench.refused(
      'TransactWriteItems',
      write(put('O1'), take('P1'), check('nobody')),
    );
    expect(error).toEqual({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect(bench.get({ pk: S('O1') })).toBeUndefined();
    expect(bench.get({ pk: S('P1') }).stock).toEqual(N(0));
  });

  it('shows the item that stood in the way, when asked', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1) });
    const condition = {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    const error = bench.refused('TransactWriteItems', write(put('a', {}, condition), put('b')));
    expect(error.CancellationReasons[0].Item).toEqual({ pk: S('a'), n: N(1) });
  });

  it('cancels for what only the table or the item tells: wrong keys, updates that cannot be', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), stock: S('many') });
    const wrongKey = { Delete: { TableName: 'Things', Key: { id: S('a') } } };
    const error = bench.refused('TransactWriteItems', write(put('b'), wrongKey));
    expect(codes(error)).toEqual(['None', 'ValidationError']);
    expect(error.CancellationReasons[1].Message).toBe(
      'The provided key element does not match the schema',
    );
    const { ConditionExpression: _, ...update } = take('a').Update;
    expect(codes(bench.refused('TransactWriteItems', write({ Update: update }, put('b'))))).toEqual(
      ['ValidationError', 'None'],
    );
    expect(bench.get({ pk: S('b') })).toBeUndefined();
  });

  it('refuses what is wrong with the request itself', () => {
    const bench = new Bench();
    const refusal = (...items: Json[]) => bench.refused('TransactWriteItems', write(...items));
    expect(refusal(put('a'), remove('a'))).toEqual({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
    expect(refusal({ ...put('a'), ...remove('b') }).message).toBe(
      'TransactItems can only contain one of Check, Put, Update or Delete',
    );
    expect(refusal({}).message).toMatch(/^TransactItems can only contain one of/);
    expect(refusal().message).toBe(
      "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    const many = Array.from({ length: 101 }, (_, n) => put(String(n)));
    expect(refusal(...many).message).toMatch(/Member must have length less than or equal to 100$/);
    expect(refusal(put('a', {}, { ConditionExpression: 'a-b' })).message).toMatch(
      /^Invalid ConditionExpression/,
    );
    expect(refusal({ ConditionCheck: { TableName: 'Things', Key: { pk: S('a') } } }).message).toBe(
      "1 validation error detected: Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not be null",
    );
    const elsewhere = { Put: { TableName: 'Nowhere', Item: { pk: S('a') } } };
    expect(refusal(put('a'), elsewhere)).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
  });

  it('takes 100 actions, and 4 MB of items', () => {
    const bench = new Bench();
    bench.ok('TransactWriteItems', write(...Array.from({ length: 100 }, (_, n) => put(`n${n}`))));
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(100);
    const large = (count: number) =>
      write(...Array.from({ length: count }, (_, n) => put(`l${n}`, { x: text(400_000) })));
    bench.ok('TransactWriteItems', large(10));
    expect(bench.refused('TransactWriteItems', large(11)).message).toMatch(/4 MB$/);
  });
});

describe('ClientRequestToken', () => {
  it('has 36 characters at most, and is looked at before the other members', () => {
    const token = 'x'.repeat(37);
    const request = {
      ClientRequestToken: token,
      ReturnConsumedCapacity: 'ALL',
      TransactItems: [{ Put: { TableName: 'Things', Item: { pk: S('a') } } }],
    };
    expect(new Bench().refused('TransactWriteItems', request).message).toBe(
      `2 validation errors detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36; Value 'ALL' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]`,
    );
  });

  const setUp = () => {
    const clock = { now: 0 };
    const bench = new Bench({}, { now: () => clock.now });
    bench.put({ pk: S('P1'), stock: N(10), body: text(1500) });
    const request = {
      ...write(take('P1')),
      ClientRequestToken: 'order-1',
      ReturnConsumedCapacity: 'TOTAL',
    };
    return { clock, bench, request, stock: () => Number(bench.get({ pk: S('P1') }).stock.N) };
  };

  it('makes a request that comes again do nothing, for ten minutes', () => {
    const { clock, bench, request, stock } = setUp();
    bench.ok('TransactWriteItems', request);
    clock.now += 10 * 60_000 - 1;
    bench.ok('TransactWriteItems', request);
    expect(stock()).toBe(9);
    clock.now += 1;
    bench.ok('TransactWriteItems', request);
    expect(stock()).toBe(8);
  });

  it('bills the first as writes and the repetition as reads of the same items', () => {
    const { bench, request } = setUp();
    expect(bench.ok('TransactWriteItems', request).ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 4, WriteCapacityUnits: 4 },
    ]);
    expect(bench.ok('TransactWriteItems', request).ConsumedCapacity).toEqual([
      { TableName: 'Things', CapacityUnits: 2, ReadCapacityUnits: 2 },
    ]);
  });

  it('belongs to one request', () => {
    const { bench, request, stock } = setUp();
    bench.ok('TransactWriteItems', request);
    const other = { ...request, ...write(put('other')) };
    expect(bench.refused('TransactWriteItems', other).name).toBe(
      'IdempotentParameterMismatchException',
    );
    expect(stock()).toBe(9);
  });

  it('is not used up by a transaction that was cancelled', () => {
    const { bench, request, stock } = setUp();
    const guarded = { ...request, TransactItems: [...request.TransactItems, check('customer')] };
    bench.refused('TransactWriteItems', guarded);
    bench.put({ pk: S('customer') });
    bench.ok('TransactWriteItems', guarded);
    expect(stock()).toBe(9);
  });
});

describe('TransactGetItems', () => {
  const get = (pk: string, more: Record<string, Json> = {}) => ({
    Get: { TableName: 'Things', Key: { pk: S(pk) }, ...more },
  });

  it('answers in the order that was asked, with an empty answer for what is not there', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1), m: N(2) });
    bench.put({ pk: S('b') });
    const request = write(get('b'), get('nobody'), get('a', { ProjectionExpression: 'n' }));
    expect(bench.ok('TransactGetItems', request)).toEqual({
      Responses: [{ Item: { pk: S('b') } }, {}, { Item: { n: N(1) } }],
    });
    expect(bench.metering).toMatchObject({ itemsRead: 2, itemsReturned: 2 });
  });

  it('refuses as TransactWriteItems does', () => {
    const bench = new Bench();
    expect(bench.refused('TransactGetItems', write(get('a'), get('a'))).message).toBe(
      'Transaction request cannot include multiple operations on one item',
    );
    const wrongKey = { Get: { TableName: 'Things', Key: {} } };
    expect(codes(bench.refused('TransactGetItems', write(get('a'), wrongKey)))).toEqual([
      'None',
      'ValidationError',
    ]);
  });
});
