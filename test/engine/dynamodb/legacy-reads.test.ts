/** The parameters from before expressions that read, and what they may not be mixed with. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { compared, INVALID, is, key } from './legacy.support.ts';
import { Bench, N, S } from './support.ts';

describe('KeyConditions, QueryFilter, ScanFilter, AttributesToGet', () => {
  function filled(): Bench {
    const bench = new Bench({ keys: 'pk:S, sk:N' });
    for (const sk of [1, 2, 3]) {
      bench.put({ ...key, sk: N(sk), even: { BOOL: sk % 2 === 0 }, name: S(`n${sk}`) });
    }
    return bench;
  }

  const sks = (answer: { Items: Array<{ sk: { N: string } }> }) =>
    answer.Items.map((item) => Number(item.sk.N));

  it.each<[Json, number[]]>([
    [{ pk: is(S('a')) }, [1, 2, 3]],
    [{ pk: is(S('a')), sk: compared('GT', N(1)) }, [2, 3]],
    [{ pk: is(S('a')), sk: compared('BETWEEN', N(1), N(2)) }, [1, 2]],
    [{ pk: is(S('a')), sk: compared('LE', N(1)) }, [1]],
  ])('choose items: %j', (KeyConditions, expected) => {
    expect(sks(filled().ok('Query', { TableName: 'Things', KeyConditions }))).toEqual(expected);
  });

  it('filter what was read, which is billed and counted', () => {
    const bench = filled();
    const filter = { even: is({ BOOL: true }), name: compared('BEGINS_WITH', S('n3')) };
    const KeyConditions = { pk: is(S('a')) };
    const query = { TableName: 'Things', KeyConditions, QueryFilter: filter };
    const any = bench.ok('Query', { ...query, ConditionalOperator: 'OR' });
    expect([sks(any), any.ScannedCount]).toEqual([[2, 3], 3]);
    expect(bench.ok('Query', query).Count).toBe(0);
    const scan = { TableName: 'Things', ScanFilter: { name: compared('CONTAINS', S('2')) } };
    expect(sks(bench.ok('Scan', scan))).toEqual([2]);
  });

  it('leave the key to KeyConditions', () => {
    const KeyConditions = { pk: is(S('a')) };
    const request = { TableName: 'Things', KeyConditions, QueryFilter: { sk: is(N(1)) } };
    expect(filled().refused('Query', request).message).toBe(
      'QueryFilter can only contain non-primary key attributes: Primary key attribute: sk',
    );
  });

  it('give the attributes that were asked for, and no others', () => {
    const bench = filled();
    const AttributesToGet = ['name', 'absent'];
    const one = { ...key, sk: N(1) };
    const name = { name: S('n1') };
    expect(bench.get(one, { AttributesToGet })).toEqual(name);
    const KeyConditions = { pk: is(S('a')) };
    const query = { TableName: 'Things', KeyConditions, AttributesToGet, Limit: 1 };
    expect(bench.ok('Query', query).Items).toEqual([name]);
    const batch = { RequestItems: { Things: { Keys: [one], AttributesToGet } } };
    expect(bench.ok('BatchGetItem', batch).Responses.Things).toEqual([name]);
    const twice = { TableName: 'Things', Key: one, AttributesToGet: ['name', 'name'] };
    expect(bench.refused('GetItem', twice).message).toBe(
      `${INVALID}Duplicate value in attribute name: name`,
    );
  });
});

describe('Older parameters and expressions', () => {
  const values = { ExpressionAttributeValues: { ':v': S('x') } };
  const mixed = (older: string, expressions: string) =>
    `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${older}} Expression parameters: {${expressions}}`;
  const Expected = { x: is(S('x')) };

  it.each<[string, Record<string, Json>, string, string]>([
    [
      'GetItem',
      { Key: key, AttributesToGet: ['x'], ProjectionExpression: 'x' },
      'AttributesToGet',
      'ProjectionExpression',
    ],
    [
      'PutItem',
      { Item: key, Expected, ConditionExpression: 'x = :v', ...values },
      'Expected',
      'ConditionExpression',
    ],
    [
      'PutItem',
      { Item: key, ConditionalOperator: 'AND', ConditionExpression: 'attribute_exists(pk)' },
      'ConditionalOperator',
      'ConditionExpression',
    ],
    [
      'UpdateItem',
      {
        Key: key,
        AttributeUpdates: { x: { Value: S('x') } },
        Expected,
        ConditionalOperator: 'AND',
        UpdateExpression: 'SET x = :v',
        ConditionExpression: 'x = :v',
        ...values,
      },
      'AttributeUpdates, Expected, ConditionalOperator',
      'UpdateExpression, ConditionExpression',
    ],
    [
      'Scan',
      { ScanFilter: Expected, ProjectionExpression: 'x' },
      'ScanFilter',
      'ProjectionExpression',
    ],
    [
      'Query',
      {
        KeyConditions: { pk: is(S('a')) },
        QueryFilter: Expected,
        ConditionalOperator: 'AND',
        KeyConditionExpression: 'pk = :v',
        FilterExpression: 'x = :v',
        ...values,
      },
      'QueryFilter, ConditionalOperator, KeyConditions',
      'FilterExpression, KeyConditionExpression',
    ],
  ])('exclude each other in %s', (operation, parameters, older, expressions) => {
    const request = { TableName: 'Things', ...parameters };
    expect(new Bench().refused(operation, request).message).toBe(mixed(older, expressions));
  });

  it('but KeyConditions may stand beside a FilterExpression and a ProjectionExpression', () => {
    const bench = new Bench();
    bench.put({ ...key, x: S('x') });
    const request = {
      TableName: 'Things',
      KeyConditions: { pk: is(S('a')) },
      FilterExpression: 'x = :v',
      ProjectionExpression: 'x',
      ...values,
    };
    expect(bench.ok('Query', request).Items).toEqual([{ x: S('x') }]);
  });

  it.each<[string, Record<string, Json>]>([
    ['Scan', {}],
    ['Scan', { ScanFilter: {} }],
    ['Query', { KeyConditions: { pk: is(S('a')) } }],
    ['Query', {}],
    ['PutItem', { Item: key }],
    ['DeleteItem', { Key: key }],
    ['UpdateItem', { Key: key, AttributeUpdates: { x: { Value: S('x') } } }],
  ])('ConditionalOperator joins conditions, of which %s must have two: %j', (operation, given) => {
    const bench = new Bench();
    const request = { TableName: 'Things', ConditionalOperator: 'AND', ...given };
    expect(bench.refused(operation, request).message).toBe(
      'ConditionalOperator cannot be used without Filter or Expected',
    );
    const member = { Scan: 'ScanFilter', Query: 'QueryFilter' }[operation] ?? 'Expected';
    expect(bench.refused(operation, { ...request, [member]: Expected }).message).toBe(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    );
  });
});
