/** SearchVectors: scores, order, what a search returns, and which requests are refused. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { N, S } from './support.ts';
import { index, query, V, VectorBench } from './vectors.support.ts';

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, one, place) => sum + one * (b[place] ?? 0), 0);
}

describe('SearchVectors', () => {
  const fixture = { a: [1, 0, 0], b: [0, 1, 0], c: [-1, 0, 0], d: [0.6, 0.8, 0] };
  const bench = new VectorBench(
    ['COSINE', 'EUCLIDEAN', 'DOT_PRODUCT'].map((DistanceFunction) =>
      index({ IndexName: DistanceFunction, DistanceFunction }),
    ),
  );
  for (const [pk, numbers] of Object.entries(fixture)) bench.put({ pk: S(pk), v: V(...numbers) });
  const ranked = (IndexName: string, ...numbers: number[]) =>
    bench.ranking(query(...numbers), { IndexName });

  it('ranks by cosine distance: 0 for the same direction, 2 for the opposite one', () => {
    const [first, second, ...rest] = ranked('COSINE', 1, 0, 0);
    expect(first).toEqual(['a', 0]);
    expect(second?.[0]).toBe('d');
    expect(second?.[1]).toBeCloseTo(0.4, 6);
    expect(rest).toEqual([
      ['b', 1],
      ['c', 2],
    ]);
    expect(ranked('COSINE', 10, 0, 0)[0]).toEqual(['a', 0]);
  });

  it('ranks by length of the difference', () => {
    const scores = ranked('EUCLIDEAN', 1, 0, 0);
    expect(scores.map(([key]) => key)).toEqual(['a', 'd', 'b', 'c']);
    expect(scores[0]?.[1]).toBe(0);
    expect(scores[1]?.[1]).toBeCloseTo(Math.sqrt(0.8), 6);
    expect(scores[2]?.[1]).toBe(Math.SQRT2);
    expect(scores[3]?.[1]).toBe(2);
  });

  it('ranks by inner product, the highest first, below zero too', () => {
    const scores = ranked('DOT_PRODUCT', 1, 0, 0);
    expect(scores.map(([key]) => key)).toEqual(['a', 'd', 'b', 'c']);
    expect(scores[1]?.[1]).toBeCloseTo(0.6, 6);
    expect(scores[3]?.[1]).toBe(-1);
  });

  it('gives a zero vector the cosine distance 1 to everything', () => {
    const zero = new VectorBench();
    zero.put({ pk: S('unit'), v: V(1, 0, 0) });
    zero.put({ pk: S('zero'), v: V(0, 0, 0) });
    expect(zero.ranking(query(1, 0, 0))).toEqual([
      ['unit', 0],
      ['zero', 1],
    ]);
    expect(zero.ranking(query(0, 0, 0)).map(([, score]) => score)).toEqual([1, 1]);
  });

  it('computes with doubles, and keeps scores within the range of a float', () => {
    const two = (DistanceFunction: string, numbers: string[]) => {
      const small = new VectorBench([index({ Dimensions: 2, DistanceFunction })]);
      small.put({ pk: S('a'), v: V(...numbers) });
      return (...searched: string[]) => small.ranking(query(...searched))[0]?.[1];
    };
    expect(two('DOT_PRODUCT', ['3.4e38', '-3.4e38'])('3.4e38', '3.4e38')).toBe(0);
    expect(two('EUCLIDEAN', ['-3.4e38', '0'])('3.4e38', '0')).toBe(3.4028234663852886e38);
    expect(two('COSINE', ['1e-23', '0'])('1e-23', '0')).toBe(0);
  });

  it('answers at most TopK results and nothing to go on from', () => {
    expect(bench.keys(query(1, 0, 0), { IndexName: 'COSINE', TopK: 2 })).toEqual(['a', 'd']);
    expect(Object.keys(bench.search(query(1, 0, 0), { IndexName: 'COSINE' }))).toEqual([
      'SearchResults',
    ]);
    expect(new VectorBench().search(query(1, 0, 0))).toEqual({ SearchResults: [] });
  });

  it('agrees with a plain computation, for every distance and random vectors', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return Math.fround((seed / 2147483647) * 2 - 1);
    };
    const vectors = Array.from({ length: 300 }, () => Array.from({ length: 8 }, random));
    const functions = {
      COSINE: (a: number[], b: number[]) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
      EUCLIDEAN: (a: number[], b: number[]) =>
        Math.sqrt(a.reduce((sum, one, place) => sum + (one - (b[place] ?? 0)) ** 2, 0)),
      DOT_PRODUCT: (a: number[], b: number[]) => dot(a, b),
    };
    const names = Object.keys(functions) as Array<keyof typeof functions>;
    const many = new VectorBench(
      names.map((name) => index({ IndexName: name, DistanceFunction: name, Dimensions: 8 })),
    );
    for (const [number, vector] of vectors.entries())
      many.put({ pk: S(String(number)), v: V(...vector) });
    const searched = Array.from({ length: 8 }, random);
    for (const name of names) {
      const expected = vectors
        .map((vector, number): [string, number] => [
          String(number),
          functions[name](searched, vector),
        ])
        .sort(([, a], [, b]) => (name === 'DOT_PRODUCT' ? b - a : a - b))
        .slice(0, 25);
      const found = many.ranking(query(...searched), { IndexName: name, TopK: 25 });
      expect(found.map(([key]) => key)).toEqual(expected.map(([key]) => key));
      for (const [place, [, score]] of found.entries())
        expect(score).toBeCloseTo(expected[place]?.[1] ?? Number.NaN, 12);
    }
  });
});

describe('what a search returns', () => {
  const include = { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note', 'v'] };
  const bench = new VectorBench(
    [
      index(),
      index({ IndexName: 'keys', Projection: { ProjectionType: 'KEYS_ONLY' } }),
      index({ IndexName: 'some', Projection: include }),
    ],
    [],
  );
  bench.put({ pk: S('a'), note: S('n'), tags: { SS: ['x'] }, v: V(1, 0, 0) });
  const item = (more: Record<string, Json> = {}) =>
    bench.search(query(1, 0, 0), more).SearchResults[0].Item;

  it('is what the index projects, without the vector', () => {
    expect(item()).toEqual({ pk: S('a'), note: S('n'), tags: { SS: ['x'] } });
    expect(item({ IndexName: 'keys' })).toEqual({ pk: S('a') });
    expect(item({ IndexName: 'some' })).toEqual({ pk: S('a'), note: S('n') });
  });

  it('has the vector where it is asked for and projected, as the floats of the index', () => {
    const asking = { ProjectionExpression: 'pk, v' };
    expect(item(asking)).toEqual({ pk: S('a'), v: V('1.0', '0.0', '0.0') });
    expect(item({ ...asking, IndexName: 'some' })).toEqual({
      pk: S('a'),
      v: V('1.0', '0.0', '0.0'),
    });
    expect(item({ ...asking, IndexName: 'keys' })).toEqual({ pk: S('a') });
  });

  it('leaves out silently what is not projected', () => {
    expect(item({ IndexName: 'some', ProjectionExpression: 'note, tags' })).toEqual({
      note: S('n'),
    });
  });
});

describe('requests of SearchVectors', () => {
  const bench = new VectorBench();

  it('name a table and an index that are there', () => {
    const request = { TableName: 'None', IndexName: 'near', SearchVector: query(1, 0, 0), TopK: 1 };
    expect(bench.refused('SearchVectors', request)).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(bench.searchProblem({ IndexName: 'absent' })).toBe(
      'The table does not have the specified index: absent',
    );
  });

  it('name the table by its ARN too', () => {
    const bench = new VectorBench();
    const { TableArn } = bench.ok('DescribeTable', { TableName: 'Things' }).Table;
    bench.ok('PutItem', { TableName: 'Things', Item: { pk: S('a'), v: V(1, 0, 0) } });
    expect(bench.keys(query(1, 0, 0), { TableName: TableArn })).toEqual(['a']);
    expect(bench.searchProblem({ TableName: 'arn:aws:s3:::Things' })).toMatch(/Valid ARN format/);
  });

  it('ask for 1 to 100 results', () => {
    expect(bench.searchProblem({ TopK: 101 })).toBe(
      "Provided TopK value '101' is out of valid range. The value must be between 1 and 100 inclusive",
    );
    expect(bench.searchProblem({ TopK: 0 })).toBe(
      "1 validation error detected: Value at 'TopK' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
    bench.search(query(1, 0, 0), { TopK: 100 });
  });

  it('have a vector of numbers, as many as the index has dimensions', () => {
    expect(bench.searchProblem({ SearchVector: query(1, 0) })).toBe(
      'Input search vector dimension 2 does not match vector index dimension 3',
    );
    // Elements are looked at first: a vector wrapped in L is one element, of the wrong type.
    for (const vector of [
      [V(1, 0, 0)],
      [S('1'), N(0), N(0)],
      query('1E+39', 0, 0),
      query('', 0, 0),
    ]) {
      expect(bench.searchProblem({ SearchVector: vector })).toBe(
        'Search vector contains invalid values. All values in the search vector must be a 32-bit floating-point number attribute',
      );
    }
    expect(bench.searchProblem({ SearchVector: [] })).toBe(
      "1 validation error detected: Value at 'SearchVector' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  it('are read more strictly than others, with words of their own', () => {
    const request = { TableName: 'T', IndexName: 'near', SearchVector: query(1), TopK: 1 };
    const wrong = (more: Record<string, Json>) =>
      bench.refused('SearchVectors', { ...request, ...more });
    expect(wrong({ IndexName: null })).toEqual({
      name: 'SerializationException',
      // The place is that in the request as an SDK would print it.
      Message: 'invalid type: null, expected a string at line 1 column 33',
    });
    expect(wrong({ SearchVector: null }).Message).toMatch(
      /^invalid type: null, expected a sequence at line 1 column \d+$/,
    );
    expect(wrong({ TopK: 3.5 }).Message).toMatch(
      /^invalid type: floating point `3.5`, expected i32 at line 1 column \d+$/,
    );
    const { TableName: _, ...nameless } = request;
    expect(bench.refused('SearchVectors', { ...nameless, IndexName: 'ab' })).toEqual({
      name: 'ValidationException',
      message: 'missing field `TableName` at line 1 column 54',
    });
    expect(wrong({ IndexName: 'ab' }).message).toBe(
      "1 validation error detected: Value at 'IndexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    );
  });

  it('are the only ones that read a vector index', () => {
    const of = { TableName: 'Things', IndexName: 'near' };
    const keyed = {
      ...of,
      KeyConditionExpression: 'pk = :a',
      ExpressionAttributeValues: { ':a': S('a') },
    };
    expect(bench.refused('Query', keyed).message).toBe(
      'Query operation not supported on this index type.',
    );
    expect(bench.refused('Query', { ...keyed, ConsistentRead: true }).message).toBe(
      'Consistent reads are not supported on global secondary indexes',
    );
    for (const more of [{}, { ConsistentRead: true }]) {
      expect(bench.refused('Scan', { ...of, ...more }).message).toBe(
        'Scan operation not supported on this index type',
      );
    }
  });
});
