/** Vector indexes made, changed and deleted: what CreateTable and UpdateTable take, and say against the rest. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, N, S, tableRequest } from './support.ts';
import { byTenant, defined, index, query, V, VectorBench } from './vectors.support.ts';

function globalIndex(IndexName: string, key: string) {
  return {
    IndexName,
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
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
