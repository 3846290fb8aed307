/** Tables: making, describing, changing, listing, deleting. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, N, S, tableRequest } from './support.ts';

const provisioned = {
  BillingMode: 'PROVISIONED',
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
};
const byTag = { IndexName: 'byTag', KeySchema: [{ AttributeName: 'tag', KeyType: 'HASH' }] };

describe('CreateTable and DescribeTable', () => {
  it('describe what was asked for, with true counts', () => {
    const bench = new Bench(
      {
        keys: 'pk:S, sk:N',
        global: { gsi: { keys: 'tag:S', projected: ['note'] } },
        local: { lsi: { keys: 'pk:S, t:N' } },
      },
      { now: () => 1_700_000_000_500, random: () => 0 },
    );
    bench.put({ pk: S('a'), sk: N(1), tag: S('t') });
    bench.put({ pk: S('a'), sk: N(2) });
    const table = bench.ok('DescribeTable', { TableName: 'Things' }).Table;
    expect(table).toMatchObject({
      TableName: 'Things',
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Things',
      TableId: '00000000-0000-4000-8000-000000000000',
      CreationDateTime: 1_700_000_000.5,
      ItemCount: 2,
      // pk + a, sk + a number of one digit, tag + t.
      TableSizeBytes: 3 + 4 + 4 + (3 + 4),
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi', IndexStatus: 'ACTIVE', ItemCount: 1, IndexSizeBytes: 11 },
      ],
      LocalSecondaryIndexes: [{ IndexName: 'lsi', ItemCount: 0, IndexSizeBytes: 0 }],
    });
  });

  it('answer CREATING, as DynamoDB does, though the table can be used at once', () => {
    const bench = new Bench();
    const made = bench.ok('CreateTable', tableRequest('Other', {})).TableDescription;
    expect(made).toMatchObject({ TableStatus: 'CREATING', ItemCount: 0 });
    bench.ok('Scan', { TableName: 'Other' });
    expect(bench.refused('CreateTable', tableRequest('Other', {}))).toEqual({
      name: 'ResourceInUseException',
      message: 'Table already exists: Other',
    });
  });

  it('take provisioned throughput, a stream, a class and protection', () => {
    const bench = new Bench();
    const { BillingMode: _, ...request } = tableRequest('Other', {});
    bench.ok('CreateTable', {
      ...request,
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
    });
    const table = bench.ok('DescribeTable', { TableName: 'Other' }).Table;
    expect(table).toMatchObject({
      ProvisionedThroughput: {
        ReadCapacityUnits: 5,
        WriteCapacityUnits: 6,
        NumberOfDecreasesToday: 0,
      },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      DeletionProtectionEnabled: true,
    });
    expect(table.LatestStreamArn).toBe(`${table.TableArn}/stream/${table.LatestStreamLabel}`);
    expect(table).not.toHaveProperty('BillingModeSummary');
    expect(bench.refused('DeleteTable', { TableName: 'Other' }).message).toMatch(
      /protected against deletion/,
    );
  });

  it.each<[string, Record<string, Json>]>([
    [
      "The parameter 'TableName' is required but was not present in the request",
      { TableName: null },
    ],
    [
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
      { TableName: 'ab' },
    ],
    [
      "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      { TableName: 'a b c' },
    ],
    [
      "1 validation error detected: Value 'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]",
      { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'X' }] },
    ],
    [
      'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
      { BillingMode: 'PROVISIONED' },
    ],
    [
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
      { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] },
    ],
  ])('refuse: %s', (message, change) => {
    const bench = new Bench();
    expect(bench.refused('CreateTable', { ...tableRequest('Other', {}), ...change }).message).toBe(
      message,
    );
  });

  it.each<[string, object]>([
    [
      'Some AttributeDefinitions are not used. AttributeDefinitions: [pk, tag, note], keys used: [pk, tag]',
      {
        AttributeDefinitions: ['pk', 'tag', 'note'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
      },
    ],
    [
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [tag], AttributeDefinitions: [pk, note]',
      {
        AttributeDefinitions: ['pk', 'note'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
      },
    ],
    [
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
      {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        GlobalSecondaryIndexes: undefined,
        LocalSecondaryIndexes: [{ ...byTag, Projection: { ProjectionType: 'ALL' } }],
      },
    ],
    ['ProvisionedThroughput is not specified for index: byTag', provisioned],
    [
      'ProjectionType is INCLUDE, but NonKeyAttributes is not specified',
      { GlobalSecondaryIndexes: [{ ...byTag, Projection: { ProjectionType: 'INCLUDE' } }] },
    ],
  ])('refuse indexes, with the first of their mistakes: %s', (message, change) => {
    const bench = new Bench();
    const request = tableRequest('Other', { global: { byTag: { keys: 'tag:S' } } });
    expect(bench.refused('CreateTable', { ...request, ...change }).message).toBe(
      `One or more parameter values were invalid: ${message}`,
    );
  });
});

describe('UpdateTable', () => {
  const index = (IndexName: string) => ({
    TableName: 'Things',
    AttributeDefinitions: [{ AttributeName: 'tag', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName,
          KeySchema: [{ AttributeName: 'tag', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  });

  it('adds a global index, which holds the items that are there already', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), tag: S('t') });
    bench.put({ pk: S('b') });
    bench.ok('UpdateTable', index('byTag'));
    const query = {
      TableName: 'Things',
      IndexName: 'byTag',
      KeyConditionExpression: 'tag = :t',
      ExpressionAttributeValues: { ':t': S('t') },
    };
    expect(bench.ok('Query', query).Count).toBe(1);
    bench.put({ pk: S('c'), tag: S('t') });
    expect(bench.ok('Query', query).Count).toBe(2);
    expect(bench.refused('UpdateTable', index('byTag')).name).toBe('ValidationException');
    bench.ok('UpdateTable', {
      TableName: 'Things',
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTag' } }],
    });
    expect(bench.refused('Query', query).message).toBe(
      'The table does not have the specified index: byTag',
    );
  });

  it('changes throughput and billing', () => {
    const bench = new Bench();
    const throughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
    bench.ok('UpdateTable', {
      TableName: 'Things',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: throughput,
    });
    const same = { TableName: 'Things', ProvisionedThroughput: throughput };
    expect(bench.refused('UpdateTable', same).message).toMatch(
      /^The provisioned throughput for the table will not change/,
    );
    bench.ok('UpdateTable', {
      TableName: 'Things',
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 9 },
    });
    expect(bench.ok('DescribeTable', { TableName: 'Things' }).Table).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: {
        ReadCapacityUnits: 3,
        WriteCapacityUnits: 9,
        NumberOfDecreasesToday: 1,
      },
    });
  });
});

describe('ListTables and DeleteTable', () => {
  it('list in order, page by page', () => {
    const bench = new Bench();
    for (const name of ['Zoo', 'Abc', 'Mno']) bench.ok('CreateTable', tableRequest(name, {}));
    expect(bench.ok('ListTables', {})).toEqual({ TableNames: ['Abc', 'Mno', 'Things', 'Zoo'] });
    const page = bench.ok('ListTables', { Limit: 2 });
    expect(page).toEqual({ TableNames: ['Abc', 'Mno'], LastEvaluatedTableName: 'Mno' });
    expect(bench.ok('ListTables', { ExclusiveStartTableName: 'Mno' })).toEqual({
      TableNames: ['Things', 'Zoo'],
    });
  });

  it('have secondary indexes with 100 named attributes at most, an index with 20', () => {
    const bench = new Bench();
    const indexes = (sizes: number[]) =>
      sizes.map((size, at) => ({
        ...{ ...byTag, IndexName: `index${at}` },
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: Array.from({ length: size }, (_, name) => `a${name}`),
        },
      }));
    const request = (name: string, sizes: number[]) => ({
      ...tableRequest(name, { global: { byTag: { keys: 'tag:S' } } }),
      GlobalSecondaryIndexes: indexes(sizes),
    });
    bench.ok('CreateTable', request('Most', [20, 20, 20, 20, 20]));
    expect(bench.refused('CreateTable', request('More', [20, 20, 20, 20, 20, 1])).message).toMatch(
      /NonKeyAttributes of all secondary indexes exceeds the per-table limit of 100$/,
    );
    expect(bench.refused('CreateTable', request('Wide', [21])).message).toMatch(
      /'globalSecondaryIndexes\.1\.member\.projection\.nonKeyAttributes' failed.*less than or equal to 20$/,
    );
    const [one] = indexes([1]);
    const GlobalSecondaryIndexUpdates = [{ Create: { ...one, IndexName: 'onemore' } }];
    const AttributeDefinitions = [{ AttributeName: 'tag', AttributeType: 'S' }];
    const added = { TableName: 'Most', AttributeDefinitions, GlobalSecondaryIndexUpdates };
    expect(bench.refused('UpdateTable', added).name).toBe('ValidationException');
  });

  it('delete the table and all it holds', () => {
    const bench = new Bench();
    bench.put({ pk: S('a') });
    const { TableDescription } = bench.ok('DeleteTable', { TableName: 'Things' });
    expect(TableDescription).toMatchObject({ TableName: 'Things', TableStatus: 'DELETING' });
    for (const member of ['KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes']) {
      expect(TableDescription).not.toHaveProperty(member);
    }
    const missing = 'Requested resource not found: Table: Things not found';
    expect(bench.refused('DescribeTable', { TableName: 'Things' })).toEqual({
      name: 'ResourceNotFoundException',
      message: missing,
    });
    expect(bench.refused('DeleteTable', { TableName: 'Things' }).message).toBe(missing);
    expect(bench.refused('GetItem', { TableName: 'Things', Key: { pk: S('a') } })).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    bench.ok('CreateTable', tableRequest('Things', {}));
    expect(bench.get({ pk: S('a') })).toBeUndefined();
  });
});
