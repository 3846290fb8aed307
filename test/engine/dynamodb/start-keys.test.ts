/** ExclusiveStartKey and the conditions of Query: what is refused, in DynamoDB's order and words. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S } from './support.ts';

const INVALID = 'The provided starting key is invalid';
const MISMATCH = 'The provided key element does not match the schema';

function bench(): Bench {
  return new Bench({
    keys: 'pk:S, sk:S',
    global: {
      byTag: { keys: 'tag:S, rank:N' },
      byRank: { keys: 'rank:N', projected: 'KEYS_ONLY' },
    },
  });
}

/** The message about a request that begins at that key. */
function refusal(
  operation: 'Query' | 'Scan',
  start: Json,
  more: Record<string, Json> = {},
): string {
  return bench().refused(operation, { TableName: 'Things', ExclusiveStartKey: start, ...more })
    .message;
}

const ofA = {
  KeyConditionExpression: 'pk = :p',
  ExpressionAttributeValues: { ':p': S('a') },
};
const ofTag = {
  IndexName: 'byTag',
  KeyConditionExpression: 'tag = :t',
  ExpressionAttributeValues: { ':t': S('t') },
};
const key = { pk: S('a'), sk: S('b') };
const entry = { ...key, tag: S('t'), rank: N(1) };

describe('the start of a Scan', () => {
  it('holds the key of the table and of the index, and nothing else', () => {
    expect(refusal('Scan', { pk: S('a') })).toBe(`${INVALID}: ${MISMATCH}`);
    expect(refusal('Scan', { ...key, more: S('c') })).toBe(`${INVALID}: ${MISMATCH}`);
    expect(refusal('Scan', { pk: S('a'), other: S('b') })).toBe(`${INVALID}: ${MISMATCH}`);
    expect(refusal('Scan', { pk: N(1), sk: S('b') })).toBe(`${INVALID}: ${MISMATCH}`);
    const index = { IndexName: 'byTag' };
    expect(refusal('Scan', key, index)).toBe(INVALID);
    expect(refusal('Scan', { ...key, tag: S('t'), other: N(1) }, index)).toBe(INVALID);
    expect(refusal('Scan', { ...entry, rank: S('1') }, index)).toBe(MISMATCH);
    expect(refusal('Scan', { ...entry, sk: N(1) }, index)).toBe(`${INVALID}: ${MISMATCH}`);
  });

  it('is checked before the segment, and that before paths', () => {
    const more = {
      FilterExpression: 'attribute_exists(pk.a)',
      Segment: 0,
      TotalSegments: 1_000_000,
    };
    expect(refusal('Scan', { pk: S('a') }, more)).toBe(`${INVALID}: ${MISMATCH}`);
    expect(refusal('Scan', key, more)).toMatch(/Please use ExclusiveStartKey with correct Segment/);
  });
});

describe('the start of a Query', () => {
  it('holds the key of the table and of the index, and nothing else', () => {
    expect(refusal('Query', { pk: S('a') }, ofA)).toBe(INVALID);
    expect(refusal('Query', { pk: S('a'), other: S('b') }, ofA)).toBe(INVALID);
    expect(refusal('Query', { pk: S('a'), sk: N(1) }, ofA)).toBe(MISMATCH);
    expect(refusal('Query', { ...entry, sk: N(1) }, ofTag)).toBe(`${INVALID}: ${MISMATCH}`);
  });

  it('is checked with each attribute of the key, before its condition', () => {
    const wrong = { ...ofA, KeyConditionExpression: 'wrong = :p' };
    expect(refusal('Query', { pk: N(1), sk: S('b') }, wrong)).toBe(MISMATCH);
    expect(refusal('Query', { pk: S('a'), sk: N(1) }, wrong)).toBe(
      'Query condition missed key schema element: pk',
    );
  });

  it('lies within what is asked for', () => {
    expect(refusal('Query', { pk: S('z'), sk: S('b') }, ofA)).toBe(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  });

  it('is checked before what an index cannot fetch', () => {
    const more = {
      IndexName: 'byRank',
      Select: 'ALL_ATTRIBUTES',
      KeyConditionExpression: '#r = :r',
      ExpressionAttributeNames: { '#r': 'rank' },
      ExpressionAttributeValues: { ':r': N(1) },
    };
    expect(refusal('Query', key, more)).toBe(INVALID);
  });
});

describe('the segment of a Scan', () => {
  it('is checked after the older filters, and before expressions', () => {
    const refused = (more: Record<string, Json>) =>
      bench().refused('Scan', { TableName: 'Things', Segment: 1, ...more }).message;
    expect(refused({})).toMatch(/^The TotalSegments parameter is required/);
    expect(refused({ FilterExpression: 'a' })).toMatch(/^The TotalSegments parameter is required/);
    expect(refused({ AttributesToGet: ['a', 'a'] })).toMatch(
      /Duplicate value in attribute name: a$/,
    );
  });
});

describe('a KeyConditionExpression', () => {
  const problem = (expression: string) => {
    const values = Object.fromEntries(
      [...new Set(expression.match(/:\w+/g))].map((name) => [name, S('1')]),
    );
    return bench().refused('Query', {
      TableName: 'Things',
      KeyConditionExpression: expression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }).message;
  };

  it.each<[string, RegExp]>([
    [':a BETWEEN size(b) AND size(a)', /BETWEEN operator must have the key attribute as its first/],
    ['begins_with(:a, b)', /begins_with operator must have the key attribute as its first/],
    ['a BETWEEN b AND size(a)', /Multiple attribute names used in one condition$/],
    ['b > a.b', /Multiple attribute names used in one condition$/],
    ['a > size(b)', /cannot contain nested operations$/],
    ['a.d > c', /cannot have conditions on nested attributes$/],
    ['a[0] = :a', /cannot have conditions on nested attributes$/],
  ])('names the first of its operands that is wrong: %s', (expression, message) => {
    expect(problem(expression)).toMatch(message);
  });
});

describe('entries of an index with equal keys', () => {
  it('come in an order that their own keys decide, the same every time', () => {
    const order = (items: Array<[string, string]>) => {
      const filled = bench();
      for (const [pk, sk] of items) {
        filled.put({ pk: S(pk), sk: S(sk), tag: S('t'), rank: N(1) });
      }
      const { Items } = filled.ok('Query', { TableName: 'Things', ...ofTag });
      return Items.map((item: Answer) => `${item.pk.S}${item.sk.S}`).join(' ');
    };
    const items: Array<[string, string]> = [
      ...([
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'e'],
        ['c', 'd'],
        ['d', 'a'],
        ['e', 'a'],
      ] as const),
    ].map(([pk, sk]) => [pk, sk]);
    // The order that DynamoDB gave for these keys.
    expect(order(items)).toMatch(/^bb aa ce ea /);
    expect(order(items.toReversed())).toBe(order(items));
  });
});
