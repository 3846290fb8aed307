/** The parameters from before expressions that write, which DynamoDB still takes. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { compared, INVALID, is, key } from './legacy.support.ts';
import { Bench, L, M, N, S } from './support.ts';

/** The item after AttributeUpdates, or undefined when there is none. */
function updated(before: Record<string, Json> | undefined, AttributeUpdates: Json): Json {
  const bench = new Bench();
  if (before) bench.put({ ...key, ...before });
  bench.ok('UpdateItem', { TableName: 'Things', Key: key, AttributeUpdates });
  return bench.get(key);
}

describe('AttributeUpdates', () => {
  it.each<[string, Record<string, Json> | undefined, Json, Json | undefined]>([
    [
      'PUT sets, and is what happens if no action is named',
      { x: N(1) },
      { x: { Value: S('s') } },
      { x: S('s') },
    ],
    ['PUT makes the item', undefined, { x: { Action: 'PUT', Value: N(1) } }, { x: N(1) }],
    ['ADD adds to a number', { x: N(1) }, { x: { Action: 'ADD', Value: N(2) } }, { x: N(3) }],
    ['ADD sets a number that is not there', {}, { x: { Action: 'ADD', Value: N(2) } }, { x: N(2) }],
    ['ADD makes the item', undefined, { x: { Action: 'ADD', Value: N(2) } }, { x: N(2) }],
    [
      'ADD adds members to a set',
      { x: { SS: ['a'] } },
      { x: { Action: 'ADD', Value: { SS: ['a', 'b'] } } },
      { x: { SS: ['a', 'b'] } },
    ],
    [
      'ADD appends to a list',
      { x: L(N(1)) },
      { x: { Action: 'ADD', Value: L(N(2)) } },
      { x: L(N(1), N(2)) },
    ],
    [
      'DELETE takes an attribute away',
      { x: N(1), y: N(2) },
      { x: { Action: 'DELETE' } },
      { y: N(2) },
    ],
    [
      'DELETE takes members out of a set',
      { x: { NS: ['1', '2'] } },
      { x: { Action: 'DELETE', Value: { NS: ['1', '9'] } } },
      { x: { NS: ['2'] } },
    ],
    [
      'DELETE of all members takes the attribute away',
      { x: { NS: ['1'] } },
      { x: { Action: 'DELETE', Value: { NS: ['1'] } } },
      {},
    ],
    ['DELETE makes no item', undefined, { x: { Action: 'DELETE' } }, undefined],
    ['names are no paths', { 'a.b': N(1) }, { 'a.b': { Value: N(2) } }, { 'a.b': N(2) }],
  ])('%s', (_what, before, updates, after) => {
    expect(updated(before, updates)).toEqual(after && { ...key, ...(after as object) });
  });

  it.each<[string, Json]>([
    [`${INVALID}Only DELETE action is allowed when no attribute value is specified`, { x: {} }],
    [
      `${INVALID}DELETE action with value is not supported for the type S`,
      { x: { Action: 'DELETE', Value: S('s') } },
    ],
    [
      `${INVALID}ADD action is not supported for the type S`,
      { x: { Action: 'ADD', Value: S('s') } },
    ],
    ['Type mismatch for attribute to update', { text: { Action: 'ADD', Value: N(1) } }],
    [
      `${INVALID}Cannot update attribute pk. This attribute is part of the key`,
      { pk: { Value: S('b') } },
    ],
    [`${INVALID}An string set  may not be empty`, { x: { Action: 'ADD', Value: { SS: [] } } }],
  ])('are refused: %s', (message, AttributeUpdates) => {
    const bench = new Bench();
    bench.put({ ...key, text: S('s') });
    const request = { TableName: 'Things', Key: key, AttributeUpdates };
    expect(bench.refused('UpdateItem', request)).toEqual({ name: 'ValidationException', message });
  });

  it('answer what was updated, as expressions do', () => {
    const bench = new Bench();
    bench.put({ ...key, x: N(1), y: N(1) });
    const update = (ReturnValues: string) =>
      bench.ok('UpdateItem', {
        TableName: 'Things',
        Key: key,
        AttributeUpdates: { x: { Action: 'ADD', Value: N(1) } },
        ReturnValues,
      }).Attributes;
    expect(update('UPDATED_NEW')).toEqual({ x: N(2) });
    expect(update('UPDATED_OLD')).toEqual({ x: N(2) });
    expect(update('ALL_NEW')).toEqual({ ...key, x: N(4), y: N(1) });
  });
});

describe('Expected', () => {
  const item = { ...key, n: N(5), s: S('text'), ss: { SS: ['a', 'b'] }, l: L(N(1)), m: M({}) };

  /** Whether a write goes through that expects that. */
  function passes(Expected: Json, more: object = {}): boolean {
    const bench = new Bench();
    bench.put(item);
    const request = { TableName: 'Things', Item: item, Expected, ...more };
    const { status, body } = bench.db.handle('PutItem', request);
    if (status !== 200) expect(JSON.stringify(body)).toMatch(/ConditionalCheckFailedException/);
    return status === 200;
  }

  it.each<[Json, boolean]>([
    [{ n: { Value: N(5) } }, true],
    [{ n: { Exists: true, Value: N('5.0') } }, true],
    [{ n: { Value: N(6) } }, false],
    [{ absent: { Exists: false } }, true],
    [{ n: { Exists: false } }, false],
    [{ n: compared('NE', N(5)) }, false],
    [{ absent: compared('NE', N(5)) }, true],
    [{ n: compared('LE', N(5)) }, true],
    [{ n: compared('LT', N(5)) }, false],
    [{ n: compared('GT', S('4')) }, false],
    [{ n: compared('BETWEEN', N(1), N(5)) }, true],
    [{ n: compared('IN', N(1), N(5)) }, true],
    [{ absent: compared('IN', N(1)) }, false],
    [{ s: compared('BEGINS_WITH', S('te')) }, true],
    [{ s: compared('CONTAINS', S('ex')) }, true],
    [{ ss: compared('CONTAINS', S('a')) }, true],
    [{ l: compared('CONTAINS', N(1)) }, true],
    [{ ss: compared('NOT_CONTAINS', S('c')) }, true],
    [{ n: compared('NOT_NULL') }, true],
    [{ n: compared('NULL') }, false],
    [{ l: compared('EQ', L(N(1))) }, true],
    [{ m: compared('EQ', M({})) }, true],
    [{ n: { ComparisonOperator: 'EQ', Value: N(5) } }, true],
    [{ n: is(N(5)), s: is(S('other')) }, false],
  ])('%j: %s', (expected, result) => {
    expect(passes(expected)).toBe(result);
  });

  it('holds in all of its parts, or with OR in any', () => {
    const expected = { n: is(N(5)), s: is(S('other')) };
    expect(passes(expected, { ConditionalOperator: 'AND' })).toBe(false);
    expect(passes(expected, { ConditionalOperator: 'OR' })).toBe(true);
  });

  it('guards deletions and updates too', () => {
    const bench = new Bench();
    bench.put(item);
    const request = { TableName: 'Things', Key: key, Expected: { n: is(N(6)) } };
    expect(bench.refused('DeleteItem', request).name).toBe('ConditionalCheckFailedException');
    const update = { ...request, AttributeUpdates: { x: { Value: N(1) } } };
    expect(bench.refused('UpdateItem', update).name).toBe('ConditionalCheckFailedException');
  });

  it.each<[string, Json]>([
    ['Value must be provided when Exists is null for Attribute: n', { n: {} }],
    ['Value must be provided when Exists is true for Attribute: n', { n: { Exists: true } }],
    [
      'Value cannot be used when Exists is false for Attribute: n',
      { n: { Exists: false, Value: N(1) } },
    ],
    [
      'Exists and ComparisonOperator cannot be used together for Attribute: n',
      { n: { Exists: false, ComparisonOperator: 'NULL' } },
    ],
    [
      'Value and AttributeValueList cannot be used together for Attribute: n',
      { n: { Value: N(1), ...is(N(1)) } },
    ],
    [
      'Value or AttributeValueList must be used with ComparisonOperator: LE for Attribute: n',
      { n: { ComparisonOperator: 'LE' } },
    ],
    [
      'AttributeValueList can only be used with a ComparisonOperator for Attribute: n',
      { n: { AttributeValueList: [N(1)] } },
    ],
    [
      'Invalid number of argument(s) for the BETWEEN ComparisonOperator',
      { n: compared('BETWEEN', N(1)) },
    ],
    [
      'AttributeValues inside AttributeValueList must be of same type',
      { n: compared('IN', N(1), S('a')) },
    ],
    [
      'ComparisonOperator LE is not valid for SS AttributeValue type',
      { n: compared('LE', { SS: ['a'] }) },
    ],
  ])('is refused: %s', (message, Expected) => {
    const request = { TableName: 'Things', Item: key, Expected };
    expect(new Bench().refused('PutItem', request)).toEqual({
      name: 'ValidationException',
      message: INVALID + message,
    });
  });
});
