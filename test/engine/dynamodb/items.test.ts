/** PutItem, GetItem, DeleteItem. */
import { describe, expect, it } from 'vitest';
import { Bench, L, M, N, S } from './support.ts';

describe('PutItem and GetItem', () => {
  it('give back every type as it was put', () => {
    const bench = new Bench();
    const item = {
      pk: S('a'),
      text: S('Grüezi 🙂'),
      number: N('3.14'),
      bytes: { B: 'AAEC' },
      yes: { BOOL: true },
      nothing: { NULL: true },
      texts: { SS: ['b', 'a'] },
      numbers: { NS: ['1', '2.5'] },
      blobs: { BS: ['AA==', 'AQ=='] },
      list: L(S('x'), N(1), M({ deep: L() })),
      map: M({ inner: M({}), '': S('an empty name') }),
      empty: S(''),
    };
    bench.put(item);
    expect(bench.get({ pk: S('a') })).toEqual(item);
  });

  it('replace the whole item', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), first: N(1) });
    bench.put({ pk: S('a'), second: N(2) });
    expect(bench.get({ pk: S('a') })).toEqual({ pk: S('a'), second: N(2) });
  });

  it('answer without Item for a key that is not there', () => {
    const bench = new Bench();
    expect(bench.ok('GetItem', { TableName: 'Things', Key: { pk: S('nobody') } })).toEqual({});
  });

  it('keep attributes apart that are named like members of every JavaScript object', () => {
    const bench = new Bench();
    const item = JSON.parse('{"pk":{"S":"a"},"__proto__":{"N":"1"},"constructor":{"S":"c"}}');
    bench.put(item);
    expect(JSON.stringify(bench.get({ pk: S('a') }))).toBe(JSON.stringify(item));
    expect(bench.meets({ pk: S('b') }, 'attribute_not_exists(toString)')).toBe(true);
  });

  it('store numbers in one form: no exponent, no needless zeros, no minus before zero', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: { NS: ['1.50', '1e3', '-0.0', '0.00012e2', '-1E-2'] } });
    expect(bench.get({ pk: S('a') }).n).toEqual({ NS: ['1.5', '1000', '0', '0.012', '-0.01'] });
  });

  it('treats numbers that are equal as one key', () => {
    const bench = new Bench({ keys: 'pk:N' });
    bench.put({ pk: N('1.0'), from: S('1.0') });
    bench.put({ pk: N('1e0'), from: S('1e0') });
    expect(bench.get({ pk: N(1) })).toEqual({ pk: N(1), from: S('1e0') });
  });

  it('returns the old item for ReturnValues ALL_OLD, and no Attributes when there was none', () => {
    const bench = new Bench();
    expect(bench.put({ pk: S('a'), n: N(1) }, { ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(bench.put({ pk: S('a'), n: N(2) }, { ReturnValues: 'ALL_OLD' })).toEqual({
      Attributes: { pk: S('a'), n: N(1) },
    });
  });

  it('projects paths, and closes up the elements of lists', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), list: L(N(0), N(1), M({ x: N(2), y: N(3) })), other: S('no') });
    const more = {
      ProjectionExpression: '#l[2].x, #l[0], nope.deep',
      ExpressionAttributeNames: { '#l': 'list' },
    };
    expect(bench.get({ pk: S('a') }, more)).toEqual({ list: L(N(0), M({ x: N(2) })) });
  });
});

describe('DeleteItem', () => {
  it('deletes, gives back the old item when asked, and does not mind an absent one', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1) });
    const request = { TableName: 'Things', Key: { pk: S('a') }, ReturnValues: 'ALL_OLD' };
    expect(bench.ok('DeleteItem', request)).toEqual({ Attributes: { pk: S('a'), n: N(1) } });
    expect(bench.get({ pk: S('a') })).toBeUndefined();
    expect(bench.ok('DeleteItem', request)).toEqual({});
  });
});

describe('a condition that does not hold', () => {
  it('leaves everything as it was', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1) });
    const error = bench.refused('PutItem', {
      TableName: 'Things',
      Item: { pk: S('a') },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(error).toEqual({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(bench.get({ pk: S('a') })).toEqual({ pk: S('a'), n: N(1) });
  });

  it('shows the item with ReturnValuesOnConditionCheckFailure ALL_OLD', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1) });
    const ask = {
      TableName: 'Things',
      Key: { pk: S('a') },
      ConditionExpression: 'n > :n',
      ExpressionAttributeValues: { ':n': N(1) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    expect(bench.refused('DeleteItem', ask).Item).toEqual({ pk: S('a'), n: N(1) });
    expect(bench.refused('UpdateItem', { ...ask, UpdateExpression: 'REMOVE n' }).Item).toEqual({
      pk: S('a'),
      n: N(1),
    });
    const absent = { ...ask, Key: { pk: S('b') } };
    expect(bench.refused('DeleteItem', absent)).not.toHaveProperty('Item');
  });

  it('can be asked in the older form', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1) });
    const older = (Expected: object, more = {}) => ({
      TableName: 'Things',
      Item: { pk: S('a'), n: N(1) },
      Expected,
      ...more,
    });
    bench.ok('PutItem', older({ n: { Value: N(1) } }) as never);
    bench.ok(
      'PutItem',
      older({ n: { ComparisonOperator: 'GE', AttributeValueList: [N(1)] } }) as never,
    );
    const either = { n: { Value: N(7) }, other: { Exists: false } };
    bench.ok('PutItem', older(either, { ConditionalOperator: 'OR' }) as never);
    expect(bench.refused('PutItem', older(either) as never).name).toBe(
      'ConditionalCheckFailedException',
    );
  });
});

describe('keys', () => {
  it('must be whole and of their types', () => {
    const bench = new Bench({ keys: 'pk:S, sk:N' });
    const message = (operation: string, request: Record<string, never>) =>
      bench.refused(operation, { TableName: 'Things', ...request }).message;
    const mismatch = 'The provided key element does not match the schema';
    expect(message('GetItem', { Key: { pk: S('a') } } as never)).toBe(mismatch);
    expect(message('GetItem', { Key: { pk: S('a'), sk: S('1') } } as never)).toBe(mismatch);
    expect(message('PutItem', { Item: { pk: S('a') } } as never)).toBe(
      'One or more parameter values were invalid: Missing the key sk in the item',
    );
    expect(message('PutItem', { Item: { pk: S('a'), sk: S('1') } } as never)).toBe(
      'One or more parameter values were invalid: Type mismatch for key sk expected: N actual: S',
    );
    expect(message('PutItem', { Item: { pk: S(''), sk: N(1) } } as never)).toMatch(
      /cannot contain an empty string value. Key: pk$/,
    );
  });

  it('of indexes must fit too where they are there, and must not be empty', () => {
    const bench = new Bench({ global: { byMail: { keys: 'mail:S' } } });
    bench.put({ pk: S('without') });
    const message = (mail: never) =>
      bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('a'), mail } }).message;
    expect(message(N(1) as never)).toBe(
      'One or more parameter values were invalid: Type mismatch for Index Key mail Expected: S Actual: N IndexName: byMail',
    );
    expect(message(S('') as never)).toMatch(
      /empty string value. IndexName: byMail, IndexKey: mail$/,
    );
  });
});
