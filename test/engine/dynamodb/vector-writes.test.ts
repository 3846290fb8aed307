/** What a vector index takes in when items are written, and which items are refused. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { N, S } from './support.ts';
import { byTenant, index, query, V, VectorBench } from './vectors.support.ts';

describe('writes to a table with vector indexes', () => {
  it('want a list of as many numbers as the index has dimensions', () => {
    const bench = new VectorBench();
    const opening = 'One or more parameter values were invalid. ';
    expect(bench.putProblem({ pk: S('a'), v: V(1, 0) })).toBe(
      `${opening}Invalid size for parameter v, Expected: 3, Actual: 2 IndexName: near`,
    );
    expect(bench.putProblem({ pk: S('a'), v: { L: [N(1), S('x'), N(0)] } })).toBe(
      `${opening}Invalid type for parameter v[1], Expected: 32-bit floating point number, Actual: S. IndexName: near`,
    );
    for (const value of [S('1,0,0'), { NS: ['1', '0', '2'] }, { NULL: true }, N(1)]) {
      expect(bench.putProblem({ pk: S('a'), v: value })).toBe(
        `${opening}Invalid type for parameter v, Expected: 32-bit floating point number list IndexName: near`,
      );
    }
    expect(bench.putProblem({ pk: S('a'), v: V('1E+39', 0, 0) })).toBe(
      `${opening}Invalid value for parameter v[0], Value: 1E+39 is outside valid range [-3.4028235E38, 3.4028235E38]. IndexName: near`,
    );
    expect(bench.described().ItemCount).toBe(0);
  });

  it('sent as a set of numbers, a vector with repeated elements is refused as a set', () => {
    expect(new VectorBench().putProblem({ pk: S('a'), v: { NS: ['1', '0', '0'] } })).toMatch(
      'Input collection',
    );
  });

  it('want search attributes of the types that are defined, and HASH not empty', () => {
    const bench = new VectorBench([byTenant], ['tenant', 'kind']);
    expect(bench.putProblem({ pk: S('a'), tenant: N(7), v: V(1, 0, 0) })).toBe(
      "One or more parameter values were invalid. Attribute 'tenant' type mismatch. Expected: S, Actual: N. IndexName: tenants",
    );
    expect(bench.putProblem({ pk: S('a'), tenant: S('t'), kind: N(7), v: V(1, 0, 0) })).toBe(
      "One or more parameter values were invalid. Attribute 'kind' type mismatch. Expected: S, Actual: N. IndexName: tenants",
    );
    expect(bench.putProblem({ pk: S('a'), tenant: S(''), v: V(1, 0, 0) })).toBe(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: tenants, IndexKey: tenant',
    );
  });

  it('refuse updates that would make a vector or key that does not fit', () => {
    const bench = new VectorBench([byTenant], ['tenant', 'kind']);
    bench.put({ pk: S('a'), tenant: S('t'), v: V(1, 0, 0) });
    const refused = (expression: string, value: Json) =>
      bench.refused('UpdateItem', {
        TableName: 'Things',
        Key: { pk: S('a') },
        UpdateExpression: expression,
        ExpressionAttributeValues: { ':x': value },
      }).message;
    expect(refused('SET v = :x', V(1, 2))).toBe(
      'One or more parameter values were invalid. Invalid size for parameter v, Expected: 3, Actual: 2 IndexName: tenants',
    );
    expect(refused('SET v[0] = :x', S('x'))).toMatch('Invalid type for parameter v[0]');
    expect(refused('SET tenant = :x', S(''))).toBe(
      'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.',
    );
    expect(bench.get({ pk: S('a') })).toEqual({ pk: S('a'), tenant: S('t'), v: V(1, 0, 0) });
  });

  it('are seen by the next search: puts, updates, deletes, batches and transactions', () => {
    const bench = new VectorBench();
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    bench.put({ pk: S('b'), v: V(0, 1, 0) });
    expect(bench.keys(query(1, 0, 0))).toEqual(['a', 'b']);
    bench.put({ pk: S('a'), v: V(-1, 0, 0) });
    expect(bench.keys(query(1, 0, 0))).toEqual(['b', 'a']);
    bench.update({ pk: S('a') }, 'SET v[0] = :x', { ExpressionAttributeValues: { ':x': N(5) } });
    expect(bench.keys(query(1, 0, 0))).toEqual(['a', 'b']);
    bench.update({ pk: S('a') }, 'REMOVE v');
    expect(bench.keys(query(1, 0, 0))).toEqual(['b']);
    bench.ok('BatchWriteItem', {
      RequestItems: {
        Things: [
          { DeleteRequest: { Key: { pk: S('b') } } },
          { PutRequest: { Item: { pk: S('c'), v: V(0, 0, 1) } } },
        ],
      },
    });
    expect(bench.keys(query(1, 0, 0))).toEqual(['c']);
    const transaction = (failing: boolean) => ({
      TransactItems: [
        { Put: { TableName: 'Things', Item: { pk: S('d'), v: V(1, 0, 0) } } },
        {
          ConditionCheck: {
            TableName: 'Things',
            Key: { pk: S('c') },
            ConditionExpression: `attribute${failing ? '_not' : ''}_exists(pk)`,
          },
        },
      ],
    });
    bench.refused('TransactWriteItems', transaction(true));
    expect(bench.keys(query(1, 0, 0))).toEqual(['c']);
    bench.ok('TransactWriteItems', transaction(false));
    expect(bench.keys(query(1, 0, 0))).toEqual(['d', 'c']);
  });

  it('without the HASH attribute go through, and the item is in no search', () => {
    const bench = new VectorBench([index(), byTenant], ['tenant', 'kind']);
    bench.put({ pk: S('stray'), v: V(1, 0, 0) });
    bench.put({ pk: S('kindless'), tenant: S('t'), v: V(1, 0, 0) });
    const ofTenant = {
      IndexName: 'tenants',
      SearchConditionExpression: 'tenant = :t',
      ExpressionAttributeValues: { ':t': S('t') },
    };
    expect(bench.keys(query(1, 0, 0), ofTenant)).toEqual(['kindless']);
    expect(bench.keys(query(1, 0, 0))).toHaveLength(2);
    bench.update({ pk: S('kindless') }, 'REMOVE tenant');
    expect(bench.keys(query(1, 0, 0), ofTenant)).toEqual([]);
    expect(bench.get({ pk: S('kindless') })).toEqual({ pk: S('kindless'), v: V(1, 0, 0) });
  });

  it('keep the numbers in the table, and 32-bit floats of them in the index', () => {
    const bench = new VectorBench();
    // The first whole number that a 32-bit float cannot hold.
    bench.put({ pk: S('a'), v: V(16777217, '0.1', '-1e-7') });
    expect(bench.get({ pk: S('a') }).v).toEqual(V(16777217, '0.1', '-0.0000001'));
    const { SearchResults } = bench.search(query(1, 0, 0), { ProjectionExpression: 'v' });
    expect(SearchResults[0].Item).toEqual({ v: V('16777216.0', '0.1', '-1e-7') });
  });

  it('are undone by a snapshot, whose searches find what was there', () => {
    const bench = new VectorBench();
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    const before = bench.db.snapshot();
    bench.put({ pk: S('a'), v: V(0, 1, 0) });
    bench.put({ pk: S('b'), v: V(1, 0, 0) });
    expect(bench.ranking(query(1, 0, 0))).toEqual([
      ['b', 0],
      ['a', 1],
    ]);
    bench.db.restore(before);
    expect(bench.ranking(query(1, 0, 0))).toEqual([['a', 0]]);
  });
});
