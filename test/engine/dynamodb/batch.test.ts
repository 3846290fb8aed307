/** BatchGetItem and BatchWriteItem. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, tableRequest, text } from './support.ts';

const put = (pk: string) => ({ PutRequest: { Item: { pk: S(pk) } } });

describe('BatchWriteItem', () => {
  it('puts and deletes over several tables', () => {
    const bench = new Bench();
    bench.ok('CreateTable', tableRequest('Other', {}));
    bench.put({ pk: S('old') });
    const answer = bench.ok('BatchWriteItem', {
      RequestItems: {
        Things: [put('a'), { DeleteRequest: { Key: { pk: S('old') } } }],
        Other: [put('b')],
      },
    });
    expect(answer).toEqual({ UnprocessedItems: {} });
    expect(bench.ok('Scan', { TableName: 'Things' }).Items).toEqual([{ pk: S('a') }]);
    expect(bench.ok('Scan', { TableName: 'Other' }).Items).toEqual([{ pk: S('b') }]);
  });

  it('writes nothing when one of its requests is wrong', () => {
    const bench = new Bench();
    const refusal = (requests: Json) =>
      bench.refused('BatchWriteItem', { RequestItems: { Things: requests } });
    expect(refusal([put('a'), put('a')]).message).toBe(
      'Provided list of item keys contains duplicates',
    );
    for (const item of [{ id: S('b') }, { pk: { N: '1' } }]) {
      expect(refusal([put('a'), { PutRequest: { Item: item } }]).message).toBe(
        'The provided key element does not match the schema',
      );
    }
    expect(refusal(Array.from({ length: 26 }, (_, n) => put(`${n}`))).message).toMatch(
      /Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/,
    );
    expect(bench.refused('BatchWriteItem', { RequestItems: {} }).message).toBe(
      'The requestItems parameter is required for BatchWriteItem',
    );
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
  });
});

describe('BatchGetItem', () => {
  const keys = (...names: string[]) => names.map((pk) => ({ pk: S(pk) }));

  it('gets what there is, projected', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), n: N(1), m: N(2) });
    const answer = bench.ok('BatchGetItem', {
      RequestItems: { Things: { Keys: keys('a', 'nobody'), ProjectionExpression: 'm' } },
    });
    expect(answer).toEqual({ Responses: { Things: [{ m: N(2) }] }, UnprocessedKeys: {} });
  });

  it('leaves unprocessed what would make the answer larger than 16 MB', () => {
    const bench = new Bench();
    const names = Array.from({ length: 50 }, (_, n) => `${n}`);
    for (const name of names) bench.put({ pk: S(name), body: text(400_000) });
    const request = { Keys: keys(...names), ConsistentRead: true };
    const answer: Answer = bench.ok('BatchGetItem', { RequestItems: { Things: request } });
    const { Keys, ConsistentRead } = answer.UnprocessedKeys.Things;
    expect(answer.Responses.Things).toHaveLength(41);
    expect(Keys).toHaveLength(9);
    expect(ConsistentRead).toBe(true);
  });

  it('refuses duplicates, and more than 100 keys', () => {
    const bench = new Bench();
    const message = (Keys: Json) =>
      bench.refused('BatchGetItem', { RequestItems: { Things: { Keys } } }).message;
    expect(message(keys('a', 'a'))).toBe('Provided list of item keys contains duplicates');
    expect(message(keys(...Array.from({ length: 101 }, (_, n) => `${n}`)))).toBe(
      "1 validation error detected: Value at 'RequestItems.Things.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    );
  });
});
