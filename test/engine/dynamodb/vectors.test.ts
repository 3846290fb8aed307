/** Vector indexes and SearchVectors: DynamoDB's messages, scores and bytes, as AWS documents or measurements show them. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, tableRequest, text } from './support.ts';

/** A list of numbers, as an item holds a vector. */
const V = (...numbers: Array<number | string>) => ({ L: numbers.map(N) });
/** The same as a request of SearchVectors names it. */
const query = (...numbers: Array<number | string>) => numbers.map(N);

const index = (more: Record<string, Json> = {}) => ({
  IndexName: 'near',
  VectorAttribute: { AttributeName: 'v' },
  Dimensions: 3,
  DistanceFunction: 'COSINE',
  Projection: { ProjectionType: 'ALL' },
  ...more,
});

const byTenant = index({
  IndexName: 'tenants',
  SearchSchema: [
    { AttributeName: 'tenant', SearchSchemaElementType: 'HASH' },
    { AttributeName: 'kind', SearchSchemaElementType: 'INLINE_FILTER' },
  ],
});
const defined = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

/** `Things` with vector indexes; `defining` are the attributes that search schemas name. */
class VectorBench extends Bench {
  constructor(indexes: Json[] = [index()], defining: string[] = []) {
    super();
    this.ok('DeleteTable', { TableName: 'Things' });
    this.ok('CreateTable', vectorTable('Things', indexes, defining));
  }

  search(vector: Json[], more: Record<string, Json> = {}): Answer {
    const request = { TableName: 'Things', IndexName: 'near', SearchVector: vector, TopK: 10 };
    return this.ok('SearchVectors', { ...request, ...more });
  }

  /** Keys and scores, nearest first. */
  ranking(vector: Json[], more: Record<string, Json> = {}): Array<[string, number]> {
    const { SearchResults } = this.search(vector, more);
    return SearchResults.map(({ Item, Score }: Answer) => [Item.pk.S, Score]);
  }

  keys(vector: Json[], more: Record<string, Json> = {}): string[] {
    return this.ranking(vector, more).map(([key]) => key);
  }

  searchProblem(more: Record<string, Json>): string {
    const request = {
      TableName: 'Things',
      IndexName: 'near',
      SearchVector: query(1, 0, 0),
      TopK: 1,
    };
    const error = this.refused('SearchVectors', { ...request, ...more });
    expect(error.name).toBe('ValidationException');
    return error.message;
  }

  putProblem(item: Record<string, Json>): string {
    const error = this.refused('PutItem', { TableName: 'Things', Item: item });
    expect(error.name).toBe('ValidationException');
    return error.message;
  }

  described(): Answer {
    return this.ok('DescribeTable', { TableName: 'Things' }).Table;
  }
}

function vectorTable(name: string, indexes: Json[], defining: string[] = []) {
  const request = tableRequest(name, {});
  return {
    ...request,
    AttributeDefinitions: [...request.AttributeDefinitions, ...defined(...defining)],
    VectorIndexes: indexes,
  };
}

describe('CreateTable with VectorIndexes', () => {
  const created = (indexes: Json, more: Record<string, Json> = {}) => ({
    ...tableRequest('Other', {}),
    VectorIndexes: indexes,
    ...more,
  });
  const problem = (indexes: Json, more: Record<string, Json> = {}) => {
    const error = new Bench().refused('CreateTable', created(indexes, more));
    expect(error.name).toBe('ValidationException');
    return error.message.replace('One or more parameter values were invalid: ', '');
  };

  it('describes what was asked for, with status and true counts', () => {
    const bench = new VectorBench([byTenant], ['tenant', 'kind']);
    bench.put({ pk: S('a'), tenant: S('t'), v: V(1, 0, 0) });
    bench.put({ pk: S('b'), v: V(1, 0, 0) });
    expect(bench.described().VectorIndexes).toEqual([
      {
        ...byTenant,
        IndexArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Things/index/tenants',
        IndexStatus: 'ACTIVE',
        ItemCount: 1,
        // pk + a, tenant + t, v + four bytes for each dimension.
        IndexSizeBytes: 3 + 7 + 13,
      },
    ]);
    expect(new Bench().ok('DescribeTable', { TableName: 'Things' }).Table).not.toHaveProperty(
      'VectorIndexes',
    );
  });

  it('answers CREATING; Backfilling is for indexes that are added to a table', () => {
    const { TableDescription } = new Bench().ok('CreateTable', created([index()]));
    expect(TableDescription.VectorIndexes[0]).toMatchObject({ IndexStatus: 'CREATING' });
    expect(TableDescription.VectorIndexes[0]).not.toHaveProperty('Backfilling');
  });

  it('takes up to 4,096 dimensions, whole ones', () => {
    new Bench().ok('CreateTable', created([index({ Dimensions: 4096 })]));
    expect(problem([index({ Dimensions: 4097 })])).toBe(
      'Number of dimensions must be between 1 and 4096 inclusive.',
    );
    expect(problem([index({ Dimensions: 0 })])).toBe(
      "1 validation error detected: Value '0' at 'vectorIndexes.1.member.dimensions' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
    const bench = new VectorBench([index({ Dimensions: 3.5 })]);
    expect(bench.described().VectorIndexes[0].Dimensions).toBe(3);
  });

  it('takes up to five indexes, of names that no other index has', () => {
    const five = [1, 2, 3, 4, 5].map((number) => index({ IndexName: `near${number}` }));
    new Bench().ok('CreateTable', created(five));
    expect(problem([...five, index()])).toBe('VectorIndex count exceeds the per-table limit of 5');
    expect(problem([index(), index()])).toBe('Duplicate index name: near');
    expect(problem([])).toBe('List of VectorIndexes is empty');
    expect(problem([index({ IndexName: 'ab' })])).toBe(
      "1 validation error detected: Value 'ab' at 'vectorIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    );
  });

  it('is for tables on demand only', () => {
    const provisioned = {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    };
    expect(problem([index()], provisioned)).toBe(
      'Vector indexes are only supported for PAY_PER_REQUEST tables',
    );
  });

  it('wants all attributes of the search schema defined, and the vector not', () => {
    expect(problem([byTenant])).toBe(
      'One element in SearchSchema is not defined in attribute definitions',
    );
    expect(problem([index()], { AttributeDefinitions: defined('pk', 'v') })).toBe(
      "Conflicting attribute definition for 'v'. An attribute cannot be defined in AttributeDefinitions when used as a VectorAttribute.",
    );
    expect(problem([index({ VectorAttribute: { AttributeName: 'pk' } })])).toMatch(
      "Conflicting attribute definition for 'pk'",
    );
  });

  it('wants indexes of one attribute to agree on its dimensions', () => {
    expect(problem([index(), index({ IndexName: 'other', Dimensions: 4 })])).toBe(
      "Conflicting attribute definition for 'v'. All VectorIndexes on the same vector attribute must use the same dimensions.",
    );
  });

  it('takes one HASH and up to 18 INLINE_FILTER attributes, each once', () => {
    const names = Array.from({ length: 19 }, (_, number) => `f${number}`);
    const element = (type: string) => (AttributeName: string) => ({
      AttributeName,
      SearchSchemaElementType: type,
    });
    const definitions = { AttributeDefinitions: defined('pk', ...names) };
    const searching = (schema: Json[]) => [index({ SearchSchema: schema })];
    expect(problem(searching(names.slice(0, 2).map(element('HASH'))), definitions)).toBe(
      "Value '2' at 'SearchSchema' failed to satisfy constraint: Member must have HASH count less than or equal to 1",
    );
    expect(problem(searching(names.map(element('INLINE_FILTER'))), definitions)).toBe(
      "Value '19' at 'SearchSchema' failed to satisfy constraint: Member must have INLINE_FILTER count less than or equal to 18",
    );
    expect(problem(searching(['f0', 'f0'].map(element('INLINE_FILTER'))), definitions)).toBe(
      'SearchSchema contains a duplicate AttributeName',
    );
    expect(problem(searching([element('RANGE')('f0')]), definitions)).toBe(
      "1 validation error detected: Value 'RANGE' at 'vectorIndexes.1.member.searchSchema.1.member.searchSchemaElementType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, INLINE_FILTER]",
    );
  });

  it('knows three distance functions', () => {
    expect(problem([index({ DistanceFunction: 'MANHATTAN' })])).toBe(
      "1 validation error detected: Value 'MANHATTAN' at 'vectorIndexes.1.member.distanceFunction' failed to satisfy constraint: Member must satisfy enum value set: [COSINE, DOT_PRODUCT, EUCLIDEAN]",
    );
  });
});

describe('UpdateTable with VectorIndexUpdates', () => {
  const update = (bench: Bench, change: Json, more: Record<string, Json> = {}) =>
    bench.ok('UpdateTable', { TableName: 'Things', VectorIndexUpdates: [change], ...more });
  const problem = (bench: Bench, updates: Json, more: Record<string, Json> = {}) => {
    const request = { TableName: 'Things', VectorIndexUpdates: updates, ...more };
    const { name, message } = bench.refused('UpdateTable', request);
    return `${name}: ${message.replace('One or more parameter values were invalid: ', '')}`;
  };

  it('makes an index of the items that there are, and leaves out those that do not fit', () => {
    const bench = new Bench();
    bench.put({ pk: S('fits'), v: V(1, 2, 3) });
    bench.put({ pk: S('short'), v: V(1, 2) });
    bench.put({ pk: S('text'), v: S('1,2,3') });
    bench.put({ pk: S('mixed'), v: { L: [N(1), S('x'), N(3)] } });
    bench.put({ pk: S('huge'), v: V('1E+39', 0, 0) });
    bench.put({ pk: S('none') });
    const { TableDescription } = update(bench, { Create: index() });
    expect(TableDescription.TableStatus).toBe('UPDATING');
    expect(TableDescription.VectorIndexes[0]).toMatchObject({
      IndexStatus: 'CREATING',
      Backfilling: false,
    });
    const [described] = bench.ok('DescribeTable', { TableName: 'Things' }).Table.VectorIndexes;
    expect(described).toMatchObject({ IndexStatus: 'ACTIVE', ItemCount: 1 });
    // Once the index is there the field is gone, not false.
    expect(described).not.toHaveProperty('Backfilling');
    const found = bench.ok('SearchVectors', {
      TableName: 'Things',
      IndexName: 'near',
      SearchVector: query(1, 2, 3),
      TopK: 10,
    });
    expect(found.SearchResults).toEqual([{ Item: { pk: S('fits') }, Score: 0 }]);
  });

  it('leaves items that do not fit updatable, as long as the vector is not touched', () => {
    const bench = new Bench();
    bench.put({ pk: S('short'), v: V(1, 2) });
    update(bench, { Create: index() });
    bench.update({ pk: S('short') }, 'SET note = :n', {
      ExpressionAttributeValues: { ':n': S('x') },
    });
    const again = { TableName: 'Things', Item: { pk: S('short'), v: V(1, 2) } };
    expect(bench.refused('PutItem', again).message).toMatch('Invalid size for parameter v');
  });

  it('deletes an index and leaves the items', () => {
    const bench = new VectorBench();
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    update(bench, { Delete: { IndexName: 'near' } });
    expect(bench.described()).not.toHaveProperty('VectorIndexes');
    expect(bench.get({ pk: S('a') })).toEqual({ pk: S('a'), v: V(1, 0, 0) });
    bench.put({ pk: S('b'), v: S('no vector any more') });
    expect(problem(bench, [{ Delete: { IndexName: 'near' } }])).toBe(
      'ResourceNotFoundException: Requested resource not found: Index near for table Things',
    );
  });

  it('makes or deletes one index at a time', () => {
    const limit =
      'LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';
    const create = { Create: index({ IndexName: 'other' }) };
    const bench = new VectorBench();
    expect(problem(bench, [{ Delete: { IndexName: 'near' } }, create])).toBe(limit);
    expect(problem(bench, [{ ...create, Delete: { IndexName: 'near' } }])).toBe(
      'ValidationException: Only one vector index action is allowed per VectorIndexUpdate object',
    );
    const global = {
      AttributeDefinitions: defined('tag'),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex('byTag', 'tag') }],
    };
    expect(problem(bench, [create], global)).toBe(limit);
  });

  it('refuses a name that there is, and a sixth index', () => {
    const exists = 'ValidationException: Attempting to create an index which already exists';
    expect(problem(new VectorBench(), [{ Create: index() }])).toBe(exists);
    const withGlobal = new Bench({ global: { near: { keys: 'tag:S' } } });
    expect(problem(withGlobal, [{ Create: index() }])).toBe(exists);
    const { name, message } = new VectorBench().refused('UpdateTable', {
      TableName: 'Things',
      AttributeDefinitions: defined('tag'),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex('near', 'tag') }],
    });
    expect(`${name}: ${message}`).toBe(exists);
    const five = [1, 2, 3, 4, 5].map((number) => index({ IndexName: `near${number}` }));
    expect(problem(new VectorBench(five), [{ Create: index() }])).toBe(
      'LimitExceededException: Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of 5',
    );
  });

  it('wants the search schema defined in the same request, though the table knows it', () => {
    const bench = new VectorBench([byTenant], ['tenant', 'kind']);
    const create = { Create: { ...byTenant, IndexName: 'again' } };
    expect(problem(bench, [create])).toBe(
      'ValidationException: One element in SearchSchema is not defined in attribute definitions',
    );
    update(bench, create, { AttributeDefinitions: defined('tenant', 'kind') });
  });

  it('keeps a table with vector indexes on demand', () => {
    const provisioned = {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    };
    const bench = new VectorBench();
    const { message } = bench.refused('UpdateTable', { TableName: 'Things', ...provisioned });
    expect(message).toBe(
      'One or more parameter values were invalid: Tables with vector indexes must be in PAY_PER_REQUEST mode',
    );
    expect(problem(bench, [{ Delete: { IndexName: 'near' } }], provisioned)).toMatch(
      'Tables with vector indexes must be in PAY_PER_REQUEST mode',
    );
    const { BillingMode: _, ...request } = tableRequest('Paid', {});
    bench.ok('CreateTable', {
      ...request,
      ProvisionedThroughput: provisioned.ProvisionedThroughput,
    });
    const create = { TableName: 'Paid', VectorIndexUpdates: [{ Create: index() }] };
    expect(bench.refused('UpdateTable', create).message).toMatch(
      'Vector indexes are only supported for PAY_PER_REQUEST tables',
    );
    bench.ok('UpdateTable', { ...create, BillingMode: 'PAY_PER_REQUEST' });
  });

  it('does not take a key for a vector, nor a vector for a key', () => {
    const key = { Create: index({ VectorAttribute: { AttributeName: 'pk' } }) };
    expect(problem(new Bench(), [key])).toBe(
      'ValidationException: Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{pk:S:HASH}] New schema: VectorIndexSchema:[VectorAttribute: key{pk:L:3}]',
    );
    const { message } = new VectorBench().refused('UpdateTable', {
      TableName: 'Things',
      AttributeDefinitions: defined('v'),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex('byVector', 'v') }],
    });
    expect(message).toBe(
      'One or more parameter values were invalid: Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: VectorIndexSchema:[VectorAttribute: key{v:L:3}] New schema: Schema:[SchemaElement: key{v:S:HASH}]',
    );
  });
});

function globalIndex(IndexName: string, key: string) {
  return {
    IndexName,
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  };
}

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

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, one, place) => sum + one * (b[place] ?? 0), 0);
}

describe('SearchConditionExpression', () => {
  const schema = [
    { AttributeName: 'tenant', SearchSchemaElementType: 'HASH' },
    { AttributeName: 'kind', SearchSchemaElementType: 'INLINE_FILTER' },
    { AttributeName: 'width', SearchSchemaElementType: 'INLINE_FILTER' },
  ];
  const bench = new VectorBench(
    [index(), index({ IndexName: 'tenants', SearchSchema: schema })],
    ['tenant', 'kind', 'width'],
  );
  for (const [pk, tenant, kind, width] of [
    ['1', 't', 'x', 'small'],
    ['2', 't', 'x', 'large'],
    ['3', 't', 'y', 'small'],
    ['4', 'u', 'x', 'small'],
  ] as const) {
    bench.put({ pk: S(pk), tenant: S(tenant), kind: S(kind), width: S(width), v: V(1, 0, 0) });
  }
  const values = { ':t': S('t'), ':x': S('x'), ':s': S('small') };
  const where = (condition: string, ...used: Array<keyof typeof values>) => ({
    IndexName: 'tenants',
    SearchConditionExpression: condition,
    ExpressionAttributeValues: Object.fromEntries(used.map((name) => [name, values[name]])),
  });
  const keys = (...request: Parameters<typeof where>) =>
    bench.keys(query(1, 0, 0), where(...request)).sort();

  it('narrows a search to one value of HASH, and by filters within it', () => {
    expect(keys('tenant = :t', ':t')).toEqual(['1', '2', '3']);
    expect(keys('tenant = :t AND kind = :x', ':t', ':x')).toEqual(['1', '2']);
    expect(keys('(:s = width AND (kind = :x)) AND tenant = :t', ':s', ':x', ':t')).toEqual(['1']);
    expect(
      bench.keys(query(1, 0, 0), {
        ...where('#t = :t', ':t'),
        ExpressionAttributeNames: { '#t': 'tenant' },
      }),
    ).toHaveLength(3);
  });

  it('compares numbers by their values', () => {
    const numbers = new VectorBench();
    numbers.ok('CreateTable', {
      ...vectorTable('Tiers', [
        index({
          SearchSchema: [{ AttributeName: 'tier', SearchSchemaElementType: 'INLINE_FILTER' }],
        }),
      ]),
      AttributeDefinitions: [...defined('pk'), { AttributeName: 'tier', AttributeType: 'N' }],
    });
    for (const tier of [1, 2]) {
      const Item = { pk: S(`tier ${tier}`), tier: N(tier), v: V(1, 0, 0) };
      numbers.ok('PutItem', { TableName: 'Tiers', Item });
    }
    numbers.ok('PutItem', { TableName: 'Tiers', Item: { pk: S('none'), v: V(1, 0, 0) } });
    const search = { TableName: 'Tiers' };
    expect(numbers.keys(query(1, 0, 0), search)).toHaveLength(3);
    expect(
      numbers.keys(query(1, 0, 0), {
        ...search,
        SearchConditionExpression: 'tier = :t',
        ExpressionAttributeValues: { ':t': N('1.0') },
      }),
    ).toEqual(['tier 1']);
  });

  it('is needed, with the HASH attribute, where there is one', () => {
    expect(bench.searchProblem({ IndexName: 'tenants' })).toBe(
      'SearchConditionExpression must be provided when SearchSchema has a HASH key',
    );
    expect(bench.searchProblem(where('kind = :x', ':x'))).toBe(
      'SearchConditionExpression must have all HASH attributes in configured SearchSchema',
    );
  });

  it('knows equality only', () => {
    const opening = 'Invalid SearchConditionExpression: ';
    for (const operator of ['<>', '<', '<=', '>', '>=']) {
      expect(bench.searchProblem(where(`tenant ${operator} :t`, ':t'))).toBe(
        `${opening}Invalid comparator used in SearchConditionExpression`,
      );
    }
    for (const condition of [
      'tenant = :t AND kind IN (:x, :s)',
      'tenant = :t AND kind BETWEEN :s AND :x',
      'tenant = :t OR kind = :x OR kind = :s',
      'NOT tenant = :t AND kind = :x AND width = :s',
    ]) {
      expect(bench.searchProblem(where(condition, ':t', ':x', ':s'))).toBe(
        `${opening}Invalid operator used in SearchConditionExpression`,
      );
    }
    expect(bench.searchProblem(where('bucket = :t', ':t'))).toBe(
      `${opening}Attribute name is a reserved keyword; reserved keyword: bucket`,
    );
    expect(bench.searchProblem(where('tenant = :t AND kind = :x', ':t'))).toBe(
      `${opening}An expression attribute value used in expression is not defined; attribute value: :x`,
    );
  });

  it('takes attributes of the search schema only, of their types', () => {
    expect(bench.searchProblem({ ...where('tenant = :t', ':t'), IndexName: 'near' })).toBe(
      'SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: tenant',
    );
    const ofTenant = (value: Json) => ({
      ...where('tenant = :t', ':t'),
      ExpressionAttributeValues: { ':t': value },
    });
    expect(bench.searchProblem(ofTenant(N(1)))).toBe(
      "Type of 'tenant' attribute in SearchConditionExpression (N) does not match type in search schema (S)",
    );
    expect(bench.searchProblem(ofTenant(S('')))).toBe(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: tenant',
    );
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

describe('what vector indexes cost', () => {
  const consumed = (bench: Bench, item: Record<string, Json>) =>
    bench.put(item, { ReturnConsumedCapacity: 'INDEXES' }).ConsumedCapacity;
  const written = (bench: Bench, item: Record<string, Json>) => consumed(bench, item).VectorIndexes;

  it('writes: bytes beside the units, four for each dimension, 1 KB at least', () => {
    const bench = new VectorBench();
    expect(consumed(bench, { pk: S('a'), v: V(1, 0, 0) })).toEqual({
      TableName: 'Things',
      CapacityUnits: 1,
      Table: { CapacityUnits: 1 },
      VectorIndexes: { near: { VectorWriteRequestBytes: 1024 } },
    });
    expect(bench.metering.tables[0]).toMatchObject({
      write: 1,
      vectorIndexes: [{ index: 'near', searched: 0, written: 1024 }],
    });
    // pk + b, v + three floats, blob + 1,500 bytes.
    const item = { pk: S('b'), v: V(1, 0, 0), blob: text(1500) };
    expect(written(bench, item).near.VectorWriteRequestBytes).toBe(3 + 13 + 1504);
    // The larger of the entry before and after counts.
    const smaller = written(bench, { pk: S('b'), v: V(1, 0, 0) });
    expect(smaller.near.VectorWriteRequestBytes).toBe(3 + 13 + 1504);
  });

  it('TOTAL says nothing of vector indexes', () => {
    const { ConsumedCapacity } = new VectorBench().put(
      { pk: S('a'), v: V(1, 0, 0) },
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(ConsumedCapacity).toEqual({ TableName: 'Things', CapacityUnits: 1 });
  });

  it('a write that leaves what the index keeps as it was costs the index nothing', () => {
    const bench = new VectorBench([
      index(),
      index({ IndexName: 'keys', Projection: { ProjectionType: 'KEYS_ONLY' } }),
    ]);
    written(bench, { pk: S('a'), note: S('x'), v: V(1, 0, 0) });
    expect(written(bench, { pk: S('a'), note: S('x'), v: V(1, 0, 0) })).toBeUndefined();
    expect(Object.keys(written(bench, { pk: S('a'), note: S('y'), v: V(1, 0, 0) }))).toEqual([
      'near',
    ]);
    expect(Object.keys(written(bench, { pk: S('a'), note: S('y'), v: V(0, 1, 0) }))).toEqual([
      'near',
      'keys',
    ]);
    expect(written(bench, { pk: S('b') })).toBeUndefined();
  });

  it('deletes cost what is taken out; a batch is the sum; a transaction pays once', () => {
    const bench = new VectorBench();
    const INDEXES = { ReturnConsumedCapacity: 'INDEXES' };
    const put = (pk: string) => ({ Item: { pk: S(pk), v: V(1, 0, 0) } });
    const batch = bench.ok('BatchWriteItem', {
      RequestItems: { Things: [{ PutRequest: put('a') }, { PutRequest: put('b') }] },
      ...INDEXES,
    });
    expect(batch.ConsumedCapacity[0].VectorIndexes.near.VectorWriteRequestBytes).toBe(2048);
    const transaction = bench.ok('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'Things', ...put('c') } }],
      ...INDEXES,
    });
    expect(transaction.ConsumedCapacity[0]).toMatchObject({
      CapacityUnits: 2,
      VectorIndexes: { near: { VectorWriteRequestBytes: 1024 } },
    });
    const remove = { TableName: 'Things', Key: { pk: S('a') }, ...INDEXES };
    const deleted = bench.ok('DeleteItem', remove);
    expect(deleted.ConsumedCapacity.VectorIndexes.near.VectorWriteRequestBytes).toBe(1024);
    expect(bench.ok('DeleteItem', remove).ConsumedCapacity.VectorIndexes).toBeUndefined();
  });

  it('the table bills a vector by its dimensions when it is written, by its numbers when it is read', () => {
    const bench = new VectorBench();
    // 20 bytes each as numbers.
    const wide = '12345678901234567890123456789012345678';
    const item = (bytes: number) => ({
      pk: S('a'),
      v: V(wide, wide, wide),
      pad: text(bytes - 3 - 13 - 3),
    });
    expect(consumed(bench, item(1024)).CapacityUnits).toBe(1);
    expect(consumed(bench, item(1025)).CapacityUnits).toBe(2);
    consumed(bench, item(4096));
    expect(bench.described().TableSizeBytes).toBe(4096);
    const read = bench.ok('GetItem', {
      TableName: 'Things',
      Key: { pk: S('a') },
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(read.ConsumedCapacity.CapacityUnits).toBe(2);
  });

  it('searches: bytes alone, no units, the same for TOTAL and INDEXES', () => {
    const bench = new VectorBench();
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    for (const detail of ['TOTAL', 'INDEXES']) {
      const answer = bench.search(query(1, 0, 0), { ReturnConsumedCapacity: detail });
      expect(answer.ConsumedCapacity).toEqual({ VectorSearchRequestBytes: 1024 });
    }
    expect(bench.search(query(1, 0, 0), { ReturnConsumedCapacity: 'NONE' })).not.toHaveProperty(
      'ConsumedCapacity',
    );
    expect(bench.metering).toMatchObject({
      itemsRead: 1,
      itemsReturned: 1,
      tables: [{ read: 0, vectorIndexes: [{ index: 'near', searched: 1024, written: 0 }] }],
    });
  });

  it('searches: more with dimensions, results, what is projected, and vectors in the answer', () => {
    const bench = new VectorBench([
      index({ Dimensions: 512 }),
      index({ IndexName: 'keys', Dimensions: 512, Projection: { ProjectionType: 'KEYS_ONLY' } }),
    ]);
    const vector = Array.from({ length: 512 }, (_, place) => place);
    for (const pk of ['a', 'b']) bench.put({ pk: S(pk), note: text(1000), v: V(...vector) });
    const bytes = (more: Record<string, Json>) =>
      bench.search(query(...vector), { ReturnConsumedCapacity: 'TOTAL', ...more }).ConsumedCapacity
        .VectorSearchRequestBytes;
    const one = bytes({ TopK: 1 });
    expect(bytes({ TopK: 2 })).toBeGreaterThan(one + 1000);
    expect(bytes({ TopK: 1, IndexName: 'keys' })).toBe(one - 1004);
    expect(bytes({ TopK: 1, ProjectionExpression: 'v' })).toBe(one + 4 * 512);
  });
});

describe('vector indexes beside other features', () => {
  const indexed = () => {
    const bench = new VectorBench([index(), byTenant], ['tenant', 'kind']);
    bench.put({ pk: S('a'), tenant: S('t'), v: V(1, 0, 0) });
    return bench;
  };

  it('PartiQL writes them and cannot read them', () => {
    const bench = indexed();
    const inserted = bench.ok('ExecuteStatement', {
      Statement: `INSERT INTO "Things" VALUE {'pk': 'b', 'v': [0, 1, 0]}`,
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(inserted.ConsumedCapacity.VectorIndexes).toEqual({
      near: { VectorWriteRequestBytes: 1024 },
    });
    expect(bench.keys(query(0, 1, 0))).toEqual(['b', 'a']);
    const select = { Statement: `SELECT * FROM "Things"."near" WHERE pk = 'a'` };
    expect(bench.refused('ExecuteStatement', select).message).toBe(
      'Scan operation not supported on this index type',
    );
  });

  it('backups hold them, and a restored table has those that it is not told to leave out', () => {
    const bench = indexed();
    const backup = { TableName: 'Things', BackupName: 'first' };
    const { BackupArn } = bench.ok('CreateBackup', backup).BackupDetails;
    const { SourceTableFeatureDetails } = bench.ok('DescribeBackup', {
      BackupArn,
    }).BackupDescription;
    expect(SourceTableFeatureDetails.VectorIndexes).toEqual([index(), byTenant]);
    bench.put({ pk: S('later'), tenant: S('t'), v: V(1, 0, 0) });
    const restored = (TargetTableName: string, more: Record<string, Json> = {}) => {
      bench.ok('RestoreTableFromBackup', { TargetTableName, BackupArn, ...more });
      return bench.ok('DescribeTable', { TableName: TargetTableName }).Table;
    };
    restored('Whole');
    expect(bench.keys(query(1, 0, 0), { TableName: 'Whole' })).toEqual(['a']);
    const part = restored('Part', { VectorIndexOverride: [byTenant] });
    expect(part.VectorIndexes).toMatchObject([{ IndexName: 'tenants', ItemCount: 1 }]);
    expect(part.AttributeDefinitions).toHaveLength(3);
    const bare = restored('Bare', { VectorIndexOverride: [] });
    expect(bare).not.toHaveProperty('VectorIndexes');
    expect(bare.AttributeDefinitions).toHaveLength(1);
    // Billed as the list that it is: 3 bytes, and of each element 1 and its number, 2 bytes for 1 and 1 for 0.
    expect(bare.TableSizeBytes - part.TableSizeBytes).toBe(3 + 3 + 2 + 1 + 1 - 12);
    const other = {
      TargetTableName: 'Other',
      BackupArn,
      VectorIndexOverride: [index({ Dimensions: 4 })],
    };
    expect(bench.refused('RestoreTableFromBackup', other).message).toMatch(
      'Index near does not match a secondary index that existed in the source table',
    );
  });

  it('are made in two phases where the world has it take time', () => {
    const clock = { now: 0 };
    const bench = new Bench(
      {},
      {
        now: () => clock.now,
        world: { indexAllocation: 1000, indexBackfill: 1, indexDeletion: 1000 },
      },
    );
    bench.put({ pk: S('a'), v: V(1, 0, 0) });
    const update = (change: Json) => ({ TableName: 'Things', VectorIndexUpdates: [change] });
    const search = {
      TableName: 'Things',
      IndexName: 'near',
      SearchVector: query(1, 0, 0),
      TopK: 1,
    };
    const status = () => {
      const { TableStatus, VectorIndexes } = bench.ok('DescribeTable', {
        TableName: 'Things',
      }).Table;
      const [{ IndexStatus, Backfilling }] = VectorIndexes;
      return [TableStatus, IndexStatus, Backfilling];
    };
    bench.ok('UpdateTable', update({ Create: index() }));
    expect(status()).toEqual(['UPDATING', 'CREATING', false]);
    expect(bench.refused('SearchVectors', search).message).toBe(
      'The table does not have the specified index: near',
    );
    expect(bench.refused('UpdateTable', update({ Delete: { IndexName: 'near' } }))).toEqual({
      name: 'ResourceInUseException',
      message:
        'Attempt to change a resource which is still in use: Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: Things Index: near',
    });
    const second = update({ Create: index({ IndexName: 'other' }) });
    expect(bench.refused('UpdateTable', second).name).toBe('LimitExceededException');

    clock.now = 1500;
    expect(status()).toEqual(['ACTIVE', 'CREATING', true]);
    expect(bench.refused('SearchVectors', search).message).toBe(
      'Cannot search backfilling vector index: near',
    );
    expect(bench.refused('DeleteTable', { TableName: 'Things' }).message).toBe(
      'Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.',
    );

    clock.now = 2000;
    expect(status()).toEqual(['ACTIVE', 'ACTIVE', undefined]);
    expect(bench.ok('SearchVectors', search).SearchResults).toHaveLength(1);
    bench.ok('UpdateTable', update({ Delete: { IndexName: 'near' } }));
    expect(status()).toEqual(['UPDATING', 'DELETING', undefined]);
    clock.now = 3000;
    expect(bench.ok('DescribeTable', { TableName: 'Things' }).Table).not.toHaveProperty(
      'VectorIndexes',
    );
  });
});
