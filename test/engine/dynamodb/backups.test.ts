/** Backups on demand, and tables restored from them. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, N, S, tableRequest } from './support.ts';

const gsi = { IndexName: 'byTag', KeySchema: [{ AttributeName: 'tag', KeyType: 'HASH' }] };
const all = { ProjectionType: 'ALL' };

/** A table with two items, an index of each kind, and a backup of it. */
function backedUp(
  options: ConstructorParameters<typeof Bench>[1] = {},
): [bench: Bench, arn: string] {
  const bench = new Bench(
    {
      keys: 'pk:S, sk:N',
      global: { byTag: { keys: 'tag:S' } },
      local: { byTime: { keys: 'pk:S, t:N', projected: 'KEYS_ONLY' } },
    },
    options,
  );
  bench.put({ pk: S('a'), sk: N(1), tag: S('x'), t: N(9) });
  bench.put({ pk: S('a'), sk: N(2), tag: S('y') });
  const { BackupDetails } = bench.ok('CreateBackup', {
    TableName: 'Things',
    BackupName: 'nightly',
  });
  return [bench, BackupDetails.BackupArn];
}

function items(bench: Bench, TableName: string, more: Record<string, Json> = {}): number {
  return bench.ok('Scan', { TableName, ...more }).Count;
}

describe('CreateBackup, DescribeBackup, DeleteBackup', () => {
  it('keep what the table was, and tell what it had', () => {
    const [bench, BackupArn] = backedUp({ now: () => 1_700_000_000_500 });
    expect(BackupArn).toMatch(
      /^arn:aws:dynamodb:us-east-1:123456789012:table\/Things\/backup\/01700000000500-[0-9a-f]{8}$/,
    );
    const { BackupDescription } = bench.ok('DescribeBackup', { BackupArn });
    expect(BackupDescription).toMatchObject({
      BackupDetails: {
        BackupName: 'nightly',
        BackupStatus: 'AVAILABLE',
        BackupType: 'USER',
        BackupCreationDateTime: 1_700_000_000.5,
      },
      SourceTableDetails: { TableName: 'Things', ItemCount: 2, BillingMode: 'PAY_PER_REQUEST' },
      SourceTableFeatureDetails: {
        GlobalSecondaryIndexes: [{ ...gsi, Projection: all }],
        LocalSecondaryIndexes: [{ IndexName: 'byTime' }],
      },
    });
    const { TableSizeBytes } = bench.ok('DescribeTable', { TableName: 'Things' }).Table;
    expect(BackupDescription.BackupDetails.BackupSizeBytes).toBe(TableSizeBytes);
    const deleted = bench.ok('DeleteBackup', { BackupArn }).BackupDescription;
    expect(deleted.BackupDetails.BackupStatus).toBe('DELETED');
    expect(bench.refused('DescribeBackup', { BackupArn })).toEqual({
      name: 'BackupNotFoundException',
      message: `Backup not found: ${BackupArn}`,
    });
  });

  it('answer CREATING first, as DynamoDB does, and give no two backups one ARN', () => {
    const bench = new Bench({}, { now: () => 0, random: () => 0 });
    const make = () => bench.ok('CreateBackup', { TableName: 'Things', BackupName: 'same' });
    const [first, second] = [make().BackupDetails, make().BackupDetails];
    expect(first.BackupStatus).toBe('CREATING');
    expect(second.BackupArn).not.toBe(first.BackupArn);
  });

  it('refuse tables and backups that are not there', () => {
    const bench = new Bench();
    expect(bench.refused('CreateBackup', { TableName: 'Other', BackupName: 'nightly' })).toEqual({
      name: 'TableNotFoundException',
      message: 'Table not found: Other',
    });
    const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
    expect(bench.refused('DescribeBackup', { BackupArn: table }).message).toBe(
      'Invalid Backup ARN',
    );
  });
});

describe('ListBackups', () => {
  it('lists oldest first, page by page, also of tables that are gone', () => {
    let now = 1000;
    const bench = new Bench({}, { now: () => now });
    bench.ok('CreateTable', tableRequest('Other', {}));
    const names = ['Things', 'Other', 'Things', 'Things'];
    const arns = names.map((TableName, at) => {
      now = 1000 * (at + 1);
      return bench.ok('CreateBackup', { TableName, BackupName: `b-${at}` }).BackupDetails.BackupArn;
    });
    bench.ok('DeleteTable', { TableName: 'Things' });
    const list = (request: Json): Answer => {
      const { BackupSummaries, ...rest } = bench.ok('ListBackups', request);
      return [BackupSummaries.map((one: Answer) => arns.indexOf(one.BackupArn)), rest];
    };
    expect(list({})).toEqual([[0, 1, 2, 3], {}]);
    expect(list({ TableName: 'Things' })).toEqual([[0, 2, 3], {}]);
    expect(list({ Limit: 2 })).toEqual([[0, 1], { LastEvaluatedBackupArn: arns[1] }]);
    expect(list({ ExclusiveStartBackupArn: arns[1] as string })).toEqual([[2, 3], {}]);
    // The lower bound is included, the upper one is not.
    expect(list({ TimeRangeLowerBound: 2, TimeRangeUpperBound: 4 })).toEqual([[1, 2], {}]);
    expect(list({ BackupType: 'SYSTEM' })).toEqual([[], {}]);
    expect(list({ TableName: 'Nobody' })).toEqual([[], {}]);
    expect(
      bench.refused('ListBackups', { TimeRangeLowerBound: 2, TimeRangeUpperBound: 1 }).message,
    ).toBe(
      'One or more parameter values were invalid: Time range lower bound must be less than or equal to upper bound',
    );
  });
});

describe('RestoreTableFromBackup', () => {
  it('makes a table with the items and indexes of then, which goes its own way', () => {
    const [bench, BackupArn] = backedUp();
    bench.put({ pk: S('later'), sk: N(1) });
    bench.ok('DeleteTable', { TableName: 'Things' });
    const made = bench.ok('RestoreTableFromBackup', { TargetTableName: 'Again', BackupArn });
    expect(made.TableDescription).toMatchObject({
      TableName: 'Again',
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Again',
      RestoreSummary: { SourceBackupArn: BackupArn, RestoreInProgress: true },
    });
    const { Table } = bench.ok('DescribeTable', { TableName: 'Again' });
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 2 });
    expect(Table).not.toHaveProperty('RestoreSummary');
    expect(items(bench, 'Again', { IndexName: 'byTag' })).toBe(2);
    expect(items(bench, 'Again', { IndexName: 'byTime' })).toBe(1);
    bench.ok('PutItem', { TableName: 'Again', Item: { pk: S('new'), sk: N(1), tag: S('x') } });
    bench.ok('RestoreTableFromBackup', { TargetTableName: 'Third', BackupArn });
    expect(items(bench, 'Third')).toBe(2);
  });

  it('keeps billing and encryption, but no stream, tags, protection and class', () => {
    const bench = new Bench();
    bench.ok('CreateTable', {
      ...tableRequest('Full', {}),
      OnDemandThroughput: { MaxReadRequestUnits: 10 },
      SSESpecification: { Enabled: true },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
      Tags: [{ Key: 'a', Value: '1' }],
    });
    const backup = bench.ok('CreateBackup', { TableName: 'Full', BackupName: 'full' });
    const { BackupArn } = backup.BackupDetails;
    bench.ok('RestoreTableFromBackup', { TargetTableName: 'Bare', BackupArn });
    const { Table } = bench.ok('DescribeTable', { TableName: 'Bare' });
    expect(Table).toMatchObject({
      OnDemandThroughput: { MaxReadRequestUnits: 10 },
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
      DeletionProtectionEnabled: false,
    });
    expect(Table).not.toHaveProperty('LatestStreamArn');
    expect(Table).not.toHaveProperty('TableClassSummary');
    expect(bench.ok('ListTagsOfResource', { ResourceArn: Table.TableArn }).Tags).toEqual([]);
  });

  it('leaves indexes out, renames them, and changes billing', () => {
    const [bench, BackupArn] = backedUp();
    const units = { ReadCapacityUnits: 3, WriteCapacityUnits: 4 };
    bench.ok('RestoreTableFromBackup', {
      TargetTableName: 'Other',
      BackupArn,
      BillingModeOverride: 'PROVISIONED',
      ProvisionedThroughputOverride: units,
      GlobalSecondaryIndexOverride: [
        { ...gsi, IndexName: 'renamed', Projection: all, ProvisionedThroughput: units },
      ],
      LocalSecondaryIndexOverride: [],
    });
    const { Table } = bench.ok('DescribeTable', { TableName: 'Other' });
    expect(Table).toMatchObject({
      ProvisionedThroughput: units,
      GlobalSecondaryIndexes: [
        { IndexName: 'renamed', ProvisionedThroughput: units, ItemCount: 2 },
      ],
    });
    expect(Table).not.toHaveProperty('LocalSecondaryIndexes');
    expect(Table.AttributeDefinitions.map((one: Answer) => one.AttributeName)).toEqual([
      'pk',
      'sk',
      'tag',
    ]);
    expect(items(bench, 'Other', { IndexName: 'renamed' })).toBe(2);
  });

  it.each<[string, Record<string, Json>]>([
    [
      'Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED',
      { ProvisionedThroughputOverride: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    ],
    [
      'Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED',
      { BillingModeOverride: 'PROVISIONED' },
    ],
    [
      'Requested MaxReadRequestUnits for OnDemandThroughput is outside of valid range',
      { OnDemandThroughputOverride: { MaxReadRequestUnits: 0 } },
    ],
    [
      'Index byTag does not match a secondary index that existed in the source table and cannot be created during the restore operation',
      { GlobalSecondaryIndexOverride: [{ ...gsi, Projection: { ProjectionType: 'KEYS_ONLY' } }] },
    ],
  ])('refuses: %s', (message, overrides) => {
    const [bench, BackupArn] = backedUp();
    const request = { TargetTableName: 'Other', BackupArn, ...overrides };
    expect(bench.refused('RestoreTableFromBackup', request)).toEqual({
      name: 'ValidationException',
      message: `Invalid Request: ${message}`,
    });
    expect(bench.ok('ListTables', {}).TableNames).toEqual(['Things']);
  });

  it('refuses a name that is taken, and a backup that is not there', () => {
    const [bench, BackupArn] = backedUp();
    expect(
      bench.refused('RestoreTableFromBackup', { TargetTableName: 'Things', BackupArn }),
    ).toEqual({
      name: 'TableAlreadyExistsException',
      message: 'Table already exists: Things',
    });
    bench.ok('DeleteBackup', { BackupArn });
    expect(
      bench.refused('RestoreTableFromBackup', { TargetTableName: 'Other', BackupArn }).name,
    ).toBe('BackupNotFoundException');
  });

  it('takes its time where the world says so; the backup then serves nobody else', () => {
    const [bench, BackupArn] = backedUp({ world: { tableRestore: 60_000 }, now: () => 0 });
    const restore = (TargetTableName: string) => ({ TargetTableName, BackupArn });
    bench.ok('RestoreTableFromBackup', restore('Slow'));
    expect(bench.ok('DescribeTable', { TableName: 'Slow' }).Table.TableStatus).toBe('CREATING');
    expect(bench.refused('Scan', { TableName: 'Slow' }).name).toBe('ResourceNotFoundException');
    expect(bench.refused('CreateTable', tableRequest('Slow', {}))).toEqual({
      name: 'ResourceInUseException',
      message: 'Table is being used: Slow',
    });
    expect(bench.refused('RestoreTableFromBackup', restore('Other')).name).toBe(
      'BackupInUseException',
    );
    expect(bench.refused('DeleteBackup', { BackupArn }).name).toBe('BackupInUseException');
    bench.db.advance(60_000);
    expect(items(bench, 'Slow')).toBe(2);
    bench.ok('DeleteBackup', { BackupArn });
  });

  it('belongs to snapshots, as backups do', () => {
    const [bench, BackupArn] = backedUp();
    const before = bench.db.snapshot();
    bench.ok('DeleteBackup', { BackupArn });
    bench.db.restore(before);
    bench.ok('RestoreTableFromBackup', { TargetTableName: 'Again', BackupArn });
    expect(items(bench, 'Again')).toBe(2);
  });
});
