/** Statuses of tables and indexes: at once unless the world gives them time, and what is refused meanwhile. */
import { describe, expect, it } from 'vitest';
import type { WorldSettings } from '../../../src/engine/dynamodb/world/settings.ts';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, S, tableRequest } from './support.ts';

const IN_USE = 'Attempt to change a resource which is still in use: ';

/** A world in which such things take time; the clock stands still unless it is set forward. */
function world(settings: WorldSettings): Bench {
  return new Bench({}, { now: () => 0, world: settings });
}

function create(IndexName: string, attribute = 'tag'): Json {
  return {
    TableName: 'Things',
    AttributeDefinitions: [{ AttributeName: attribute, AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName,
          KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  };
}

function drop(IndexName: string): Json {
  return { TableName: 'Things', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] };
}

/** The table's status, and each index's with Backfilling where it is told. */
function statuses(bench: Bench): Array<string | boolean> {
  const { TableStatus, GlobalSecondaryIndexes = [] } = bench.ok('DescribeTable', {
    TableName: 'Things',
  }).Table;
  return [
    TableStatus,
    ...GlobalSecondaryIndexes.flatMap((index: Answer) => [
      index.IndexStatus,
      ...('Backfilling' in index ? [index.Backfilling] : []),
    ]),
  ];
}

const query = {
  TableName: 'Things',
  IndexName: 'byTag',
  KeyConditionExpression: 'tag = :t',
  ExpressionAttributeValues: { ':t': S('t') },
};

describe('A new table', () => {
  it('is CREATING for its time, then ACTIVE with all its indexes', () => {
    const bench = world({ tableCreation: 5_000 });
    bench.db.advance(5_000);
    bench.ok('CreateTable', tableRequest('Slow', { global: { byTag: { keys: 'tag:S' } } }));
    const described = () => bench.ok('DescribeTable', { TableName: 'Slow' }).Table;
    expect(described()).toMatchObject({
      TableStatus: 'CREATING',
      GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING' }],
    });
    expect(bench.refused('PutItem', { TableName: 'Slow', Item: { pk: S('a') } })).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(bench.refused('DeleteTable', { TableName: 'Slow' })).toEqual({
      name: 'ResourceInUseException',
      message: `${IN_USE}Table is being created: Slow`,
    });
    const update = { TableName: 'Slow', DeletionProtectionEnabled: true };
    expect(bench.refused('UpdateTable', update).name).toBe('ResourceInUseException');
    expect(bench.refused('CreateTable', tableRequest('Slow', {})).message).toBe(
      'Table already exists: Slow',
    );
    expect(bench.refused('CreateBackup', { TableName: 'Slow', BackupName: 'early' }).name).toBe(
      'TableNotFoundException',
    );
    bench.db.advance(4_999);
    expect(described().TableStatus).toBe('CREATING');
    bench.db.advance(1);
    expect(described()).toMatchObject({
      TableStatus: 'ACTIVE',
      GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
    });
    bench.ok('PutItem', { TableName: 'Slow', Item: { pk: S('a') } });
  });

  it('of a dataset is there when the first request comes', () => {
    const bench = world({ tableCreation: 5_000 });
    bench.db.load([tableRequest('Loaded', {})], { Loaded: [{ pk: S('a') }] });
    expect(bench.ok('Scan', { TableName: 'Loaded' }).Count).toBe(1);
  });
});

describe('An index that is added', () => {
  it('is allocated, then backfilled, then ACTIVE; only then can it be read', () => {
    const bench = world({ indexAllocation: 30_000, indexBackfill: 1 });
    bench.put({ pk: S('a'), tag: S('t') });
    bench.put({ pk: S('b') });
    const made = bench.ok('UpdateTable', create('byTag')).TableDescription;
    expect(made).toMatchObject({
      TableStatus: 'UPDATING',
      GlobalSecondaryIndexes: [{ IndexStatus: 'CREATING', Backfilling: false }],
    });
    expect(bench.refused('Query', query).message).toBe(
      'The table does not have the specified index: byTag',
    );
    bench.db.advance(30_000);
    expect(statuses(bench)).toEqual(['ACTIVE', 'CREATING', true]);
    expect(bench.refused('Query', query).message).toBe(
      'Cannot read from backfilling global secondary index: byTag',
    );
    expect(bench.refused('Scan', { TableName: 'Things', IndexName: 'byTag' }).message).toBe(
      'Cannot read from backfilling global secondary index: byTag',
    );
    bench.put({ pk: S('c'), tag: S('t') });
    bench.db.advance(1_999);
    expect(statuses(bench)).toEqual(['ACTIVE', 'CREATING', true]);
    bench.db.advance(1);
    expect(statuses(bench)).toEqual(['ACTIVE', 'ACTIVE']);
    expect(bench.ok('Query', query).Count).toBe(2);
  });

  it('leaves out the items whose attribute has another type than its key', () => {
    const bench = new Bench();
    bench.put({ pk: S('a'), tag: S('t') });
    bench.put({ pk: S('b'), tag: { N: '1' } });
    bench.put({ pk: S('c'), tag: S('') });
    bench.ok('UpdateTable', create('byTag'));
    expect(bench.ok('Scan', { TableName: 'Things', IndexName: 'byTag' }).Count).toBe(1);
    expect(
      bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('d'), tag: { N: '1' } } })
        .message,
    ).toMatch(/^One or more parameter values were invalid: Type mismatch for Index Key tag/);
  });

  it('stands alone: no other is made or deleted meanwhile, the table neither', () => {
    const bench = world({ indexAllocation: 30_000, indexBackfill: 1 });
    bench.put({ pk: S('a') });
    bench.ok('UpdateTable', create('first'));
    for (const request of [create('second'), drop('first')]) {
      expect(bench.refused('UpdateTable', request).name).toMatch(/Exception$/);
    }
    expect(bench.refused('UpdateTable', create('second'))).toEqual({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    });
    expect(bench.refused('DeleteTable', { TableName: 'Things' })).toEqual({
      name: 'ResourceInUseException',
      message: `${IN_USE}Cannot delete table while indexes are being created, updated, or deleted.`,
    });
    bench.ok('UpdateTable', { TableName: 'Things', DeletionProtectionEnabled: false });
    bench.db.advance(30_000);
    expect(bench.refused('UpdateTable', create('second')).name).toBe('LimitExceededException');
    expect(bench.refused('DeleteTable', { TableName: 'Things' }).name).toBe(
      'ResourceInUseException',
    );
    bench.db.advance(1_000);
    bench.ok('DeleteTable', { TableName: 'Things' });
  });

  it('can be deleted while it is backfilled, but not while it is allocated', () => {
    const bench = world({ indexAllocation: 30_000, indexBackfill: 1, indexDeletion: 5_000 });
    bench.put({ pk: S('a') });
    bench.ok('UpdateTable', create('byTag'));
    expect(bench.refused('UpdateTable', drop('byTag'))).toEqual({
      name: 'ResourceInUseException',
      message: `${IN_USE}Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: Things Index: byTag`,
    });
    bench.db.advance(30_000);
    bench.ok('UpdateTable', drop('byTag'));
    expect(statuses(bench)).toEqual(['UPDATING', 'DELETING']);
    expect(bench.refused('Query', query).message).toBe(
      'The table does not have the specified index: byTag',
    );
    bench.db.advance(5_000);
    expect(statuses(bench)).toEqual(['ACTIVE']);
  });
});

describe('A change of throughput', () => {
  const units = (ReadCapacityUnits: number) => ({ ReadCapacityUnits, WriteCapacityUnits: 1 });
  const table = (read: number) => ({
    TableName: 'Things',
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: units(read),
  });

  it('shows the old figures while the table is UPDATING, and nothing else is changed then', () => {
    const bench = world({ tableUpdate: 10_000 });
    bench.ok('UpdateTable', table(1));
    bench.db.advance(10_000);
    const answer = bench.ok('UpdateTable', table(5)).TableDescription;
    expect(answer).toMatchObject({ TableStatus: 'UPDATING', ProvisionedThroughput: units(1) });
    expect(bench.refused('UpdateTable', table(6))).toEqual({
      name: 'ResourceInUseException',
      message: `${IN_USE}Table is being updated: Things`,
    });
    expect(bench.refused('UpdateTable', create('byTag')).message).toBe(
      `${IN_USE}Can't create or delete indexes while table IOPS are being updated. Table: Things`,
    );
    expect(bench.refused('DeleteTable', { TableName: 'Things' }).name).toBe(
      'ResourceInUseException',
    );
    bench.put({ pk: S('items are served all the while') });
    bench.db.advance(10_000);
    expect(bench.ok('DescribeTable', { TableName: 'Things' }).Table).toMatchObject({
      TableStatus: 'ACTIVE',
      ProvisionedThroughput: units(5),
    });
  });

  it('of an index leaves the table ACTIVE', () => {
    const bench = world({ indexUpdate: 2_000 });
    bench.ok('UpdateTable', create('byTag'));
    const change = (MaxReadRequestUnits: number) => ({
      TableName: 'Things',
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: 'byTag', OnDemandThroughput: { MaxReadRequestUnits } } },
      ],
    });
    bench.ok('UpdateTable', change(5));
    expect(statuses(bench)).toEqual(['ACTIVE', 'UPDATING']);
    expect(bench.refused('UpdateTable', change(6)).message).toBe(
      `${IN_USE}Index is being updated. Table: Things Index: byTag`,
    );
    bench.db.advance(2_000);
    expect(statuses(bench)).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

describe('A table that is deleted', () => {
  it('serves items until it is gone, and may be deleted again', () => {
    const bench = world({ tableDeletion: 3_000 });
    bench.put({ pk: S('a') });
    bench.ok('DeleteTable', { TableName: 'Things' });
    expect(statuses(bench)).toEqual(['DELETING']);
    expect(bench.get({ pk: S('a') })).toEqual({ pk: S('a') });
    bench.ok('DeleteTable', { TableName: 'Things' });
    expect(bench.refused('UpdateTable', create('byTag')).message).toBe(
      `${IN_USE}Table is being deleted: Things`,
    );
    bench.db.advance(3_000);
    expect(bench.refused('DescribeTable', { TableName: 'Things' }).name).toBe(
      'ResourceNotFoundException',
    );
    expect(bench.ok('ListTables', {}).TableNames).toEqual([]);
  });

  it('waits in a snapshot as it waits outside', () => {
    const bench = world({ tableDeletion: 3_000 });
    bench.ok('DeleteTable', { TableName: 'Things' });
    const waiting = bench.db.snapshot();
    bench.db.advance(3_000);
    expect(bench.ok('ListTables', {}).TableNames).toEqual([]);
    bench.db.restore(waiting);
    expect(statuses(bench)).toEqual(['DELETING']);
    bench.db.advance(3_000);
    expect(bench.ok('ListTables', {}).TableNames).toEqual([]);
  });
});
