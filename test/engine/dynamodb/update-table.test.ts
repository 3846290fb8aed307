/** UpdateTable: what can be changed, alone or together, and what DynamoDB says against the rest. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { type Answer, Bench, S, tableRequest } from './support.ts';

const INVALID = 'One or more parameter values were invalid: ';
const units = (ReadCapacityUnits: number, WriteCapacityUnits = ReadCapacityUnits) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});
const Create = (IndexName: string, more: object = {}) => ({
  Create: {
    IndexName,
    KeySchema: [{ AttributeName: 'tag', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
    ...more,
  },
});
const withTag = { AttributeDefinitions: [{ AttributeName: 'tag', AttributeType: 'S' }] };

function update(bench: Bench, request: object): Answer {
  return bench.ok('UpdateTable', { TableName: 'Things', ...request }).TableDescription;
}

function refusal(bench: Bench, request: object): Answer {
  return bench.refused('UpdateTable', { TableName: 'Things', ...request });
}

function described(bench: Bench): Answer {
  return bench.ok('DescribeTable', { TableName: 'Things' }).Table;
}

/** An on-demand table with an index; or a provisioned one, both with five units. */
function onDemand(): Bench {
  const bench = new Bench();
  update(bench, { ...withTag, GlobalSecondaryIndexUpdates: [Create('byTag')] });
  return bench;
}

function provisioned(now = () => 0): Bench {
  const bench = new Bench({}, { now });
  update(bench, { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(5) });
  const index = Create('byTag', { ProvisionedThroughput: units(5) });
  update(bench, { ...withTag, GlobalSecondaryIndexUpdates: [index] });
  return bench;
}

describe('UpdateTable changes', () => {
  it('deletion protection, which DeleteTable then respects', () => {
    const bench = new Bench();
    expect(update(bench, { DeletionProtectionEnabled: true })).toMatchObject({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
    });
    expect(bench.refused('DeleteTable', { TableName: 'Things' })).toEqual({
      name: 'ValidationException',
      message:
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    });
    update(bench, { DeletionProtectionEnabled: false });
    bench.ok('DeleteTable', { TableName: 'Things' });
  });

  it('table class and encryption', () => {
    const bench = new Bench();
    update(bench, { TableClass: 'STANDARD_INFREQUENT_ACCESS' });
    update(bench, { SSESpecification: { Enabled: true } });
    expect(described(bench)).toMatchObject({
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    });
    update(bench, { SSESpecification: { Enabled: false } });
    expect(described(bench)).not.toHaveProperty('SSEDescription');
  });

  it('ceilings of on-demand throughput, of which -1 takes one away', () => {
    const bench = onDemand();
    update(bench, { OnDemandThroughput: { MaxReadRequestUnits: 20, MaxWriteRequestUnits: 10 } });
    update(bench, { OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    const index = { IndexName: 'byTag', OnDemandThroughput: { MaxReadRequestUnits: 7 } };
    update(bench, { GlobalSecondaryIndexUpdates: [{ Update: index }] });
    expect(described(bench)).toMatchObject({
      OnDemandThroughput: { MaxWriteRequestUnits: 10 },
      GlobalSecondaryIndexes: [{ OnDemandThroughput: { MaxReadRequestUnits: 7 } }],
    });
    expect(described(bench).OnDemandThroughput).not.toHaveProperty('MaxReadRequestUnits');
    expect(refusal(bench, { OnDemandThroughput: { MaxReadRequestUnits: 0 } }).message).toBe(
      `${INVALID}Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range`,
    );
  });

  it('warm throughput, upwards only', () => {
    const bench = onDemand();
    expect(described(bench)).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE' },
      GlobalSecondaryIndexes: [{ WarmThroughput: { ReadUnitsPerSecond: 12000 } }],
    });
    update(bench, { WarmThroughput: { ReadUnitsPerSecond: 13000 } });
    expect(described(bench).WarmThroughput).toMatchObject({
      ReadUnitsPerSecond: 13000,
      WriteUnitsPerSecond: 4000,
    });
    expect(refusal(bench, { WarmThroughput: { ReadUnitsPerSecond: 12999 } }).message).toBe(
      `${INVALID}Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
    );
  });

  it('billing, which takes the units of every index with it', () => {
    const bench = onDemand();
    const table = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(5) };
    expect(refusal(bench, { BillingMode: 'PROVISIONED' }).message).toBe(
      `${INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    );
    expect(refusal(bench, table).message).toBe(
      `${INVALID}ProvisionedThroughput must be specified for index: byTag`,
    );
    const index = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(3) } };
    update(bench, { ...table, GlobalSecondaryIndexUpdates: [index] });
    expect(described(bench)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: units(5),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units(3) }],
    });
    update(bench, { BillingMode: 'PAY_PER_REQUEST' });
    expect(described(bench)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: units(0),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: units(0) }],
    });
    expect(refusal(bench, { ProvisionedThroughput: units(5) }).message).toBe(
      `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    );
  });

  it('throughput, in which something must change', () => {
    const bench = provisioned();
    update(bench, { ProvisionedThroughput: units(5, 6) });
    expect(refusal(bench, { ProvisionedThroughput: units(5, 6) }).message).toMatch(
      /^The provisioned throughput for the table will not change\. The requested value equals/,
    );
    const same = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(5) } };
    expect(refusal(bench, { GlobalSecondaryIndexUpdates: [same] }).message).toBe(
      'The provisioned throughput for the index byTag will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index byTag: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for index byTag: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
    expect(refusal(bench, { ProvisionedThroughput: units(40_001) })).toMatchObject({
      name: 'LimitExceededException',
      message: expect.stringMatching(
        /^The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1\. Per table maximum: 40000\./,
      ),
    });
  });

  it('throughput, whose change has a time at once and units when it is done', () => {
    let now = 1_000_000;
    const bench = provisioned(() => now);
    bench.db.configure({ tableUpdate: 2000, indexUpdate: 2000 });
    const index = { Update: { IndexName: 'byTag', ProvisionedThroughput: units(2) } };
    const more = { ProvisionedThroughput: units(7), GlobalSecondaryIndexUpdates: [index] };
    const announced = update(bench, more);
    expect(announced.ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 0,
      LastIncreaseDateTime: 1000,
    });
    expect(announced.GlobalSecondaryIndexes[0].ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 0,
      LastDecreaseDateTime: 1000,
    });
    now += 2000;
    const done = described(bench);
    expect(done.ProvisionedThroughput).toEqual({
      ...units(7),
      NumberOfDecreasesToday: 0,
      LastIncreaseDateTime: 1002,
    });
    expect(done.GlobalSecondaryIndexes[0].ProvisionedThroughput).toEqual({
      ...units(2),
      NumberOfDecreasesToday: 1,
      LastDecreaseDateTime: 1002,
    });
  });

  it('billing, whose answer tells the new mode and not yet since when', () => {
    const bench = provisioned(() => 1_000_000);
    const { BillingModeSummary, ProvisionedThroughput } = update(bench, {
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(BillingModeSummary.BillingMode).toBe('PAY_PER_REQUEST');
    expect(ProvisionedThroughput).toEqual({
      ...units(0),
      NumberOfDecreasesToday: 0,
      LastDecreaseDateTime: 1000,
    });
    expect(described(bench).BillingModeSummary).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      LastUpdateToPayPerRequestDateTime: 1000,
    });
  });

  it('throughput downwards four times a day, then once an hour', () => {
    let now = Date.parse('2026-03-24T09:07:28Z');
    const bench = provisioned(() => now);
    const lower = (read: number) => ({ ProvisionedThroughput: units(read, 9) });
    update(bench, lower(9));
    for (const read of [8, 7, 6, 5]) update(bench, lower(read));
    expect(described(bench).ProvisionedThroughput.NumberOfDecreasesToday).toBe(4);
    expect(refusal(bench, lower(4))).toEqual({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: 4. Last decrease at Tuesday, March 24, 2026 9:07:28 AM UTC. Next decrease can be made at Tuesday, March 24, 2026 10:07:28 AM UTC',
    });
    update(bench, { ProvisionedThroughput: units(10) });
    now += 3_600_000;
    update(bench, lower(4));
    now += 86_400_000;
    update(bench, lower(3));
    expect(described(bench).ProvisionedThroughput.NumberOfDecreasesToday).toBe(1);
  });

  it('definitions with the indexes that need them', () => {
    const bench = onDemand();
    const names = () =>
      described(bench).AttributeDefinitions.map((one: Answer) => one.AttributeName);
    expect(names()).toEqual(['pk', 'tag']);
    update(bench, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTag' } }] });
    expect(names()).toEqual(['pk']);
    expect(described(bench)).not.toHaveProperty('GlobalSecondaryIndexes');
  });
});

describe('UpdateTable refuses', () => {
  const ALONE = 'must be the only operation in the request';

  it.each<[string, object]>([
    [
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
      { GlobalSecondaryIndexUpdates: [] },
    ],
    [
      `${INVALID}List of GlobalSecondaryIndexUpdates is empty`,
      { GlobalSecondaryIndexUpdates: [], DeletionProtectionEnabled: true },
    ],
    [
      `${INVALID}Server-Side Encryption modification ${ALONE}`,
      { SSESpecification: { Enabled: true }, DeletionProtectionEnabled: true },
    ],
    [
      `${INVALID}TableClass modification ${ALONE}`,
      { TableClass: 'STANDARD', DeletionProtectionEnabled: true },
    ],
    [
      `${INVALID}DeletionProtection modification ${ALONE}`,
      { BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true },
    ],
    [
      `${INVALID}OnDemandThroughput can only be combined with BillingMode in an UpdateTable request`,
      {
        OnDemandThroughput: { MaxReadRequestUnits: 1 },
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      },
    ],
    [
      `${INVALID}You cannot create or delete index while changing stream status`,
      {
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTag' } }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      },
    ],
    [
      `${INVALID}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null`,
      { GlobalSecondaryIndexUpdates: [{}] },
    ],
    [
      `${INVALID}Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object`,
      { GlobalSecondaryIndexUpdates: [{ ...Create('new'), Delete: { IndexName: 'byTag' } }] },
    ],
    [
      `${INVALID}Only one global secondary index update per index is allowed simultaneously. Index: byTag`,
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTag' } }, Create('byTag')] },
    ],
    [
      `${INVALID}AttributeDefinitions is not specified for index: new`,
      { GlobalSecondaryIndexUpdates: [Create('new')] },
    ],
    [
      'Attempting to create an index which already exists',
      { ...withTag, GlobalSecondaryIndexUpdates: [Create('byTag')] },
    ],
    [
      `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: new when BillingMode is PAY_PER_REQUEST`,
      {
        ...withTag,
        GlobalSecondaryIndexUpdates: [Create('new', { ProvisionedThroughput: units(1) })],
      },
    ],
    [
      `${INVALID}The only Updates for index: byTag when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`,
      {
        GlobalSecondaryIndexUpdates: [
          { Update: { IndexName: 'byTag', ProvisionedThroughput: units(1) } },
        ],
      },
    ],
    [
      `${INVALID}SSEType AES256 is not supported`,
      { SSESpecification: { Enabled: true, SSEType: 'AES256' } },
    ],
    [
      `${INVALID}If stream is being enabled then UpdateViewType is required`,
      { StreamSpecification: { StreamEnabled: true } },
    ],
    [
      'Table has no stream to disable: TableName: Things',
      { StreamSpecification: { StreamEnabled: false } },
    ],
    [
      'This emulator does not have the parameter MultiRegionConsistency.',
      { MultiRegionConsistency: 'STRONG' },
    ],
  ])('%s', (message, request) => {
    expect(refusal(onDemand(), request)).toEqual({ name: 'ValidationException', message });
  });

  it('indexes that are not there, with everything else in the request', () => {
    const bench = provisioned();
    const request = {
      ProvisionedThroughput: units(9),
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: 'absent', ProvisionedThroughput: units(1) } },
      ],
    };
    expect(refusal(bench, request)).toEqual({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Index absent for table Things',
    });
    expect(described(bench).ProvisionedThroughput).toMatchObject(units(5));
  });

  it('local indexes, which are there from the beginning or never', () => {
    const bench = new Bench({ keys: 'pk:S, sk:S', local: { byTime: { keys: 'pk:S, t:S' } } });
    const request = { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byTime' } }] };
    expect(refusal(bench, request).message).toBe(
      'Cannot delete an index that is not a GlobalSecondaryIndex: byTime',
    );
  });

  it('the 21st global index, in other words than CreateTable', () => {
    const bench = new Bench();
    const indexes = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`index${at}`, { keys: 'tag:S' }]),
      );
    bench.ok('DeleteTable', { TableName: 'Things' });
    expect(
      bench.refused('CreateTable', tableRequest('Things', { global: indexes(21) })).message,
    ).toBe(`${INVALID}GlobalSecondaryIndex count exceeds the per-table limit of 20`);
    bench.ok('CreateTable', tableRequest('Things', { global: indexes(20) }));
    const request = { ...withTag, GlobalSecondaryIndexUpdates: [Create('more')] };
    expect(refusal(bench, request)).toEqual({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20',
    });
  });

  it('two indexes at once', () => {
    const bench = onDemand();
    bench.put({ pk: S('a') });
    const request = { ...withTag, GlobalSecondaryIndexUpdates: [Create('one'), Create('two')] };
    expect(refusal(bench, request)).toEqual({
      name: 'LimitExceededException',
      message:
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    });
  });
});

describe('CreateTable refuses', () => {
  it.each<[string, Record<string, Json>]>([
    [
      `${INVALID}Table is being created with a stream enabled, UpdateViewType is required`,
      { StreamSpecification: { StreamEnabled: true } },
    ],
    [
      `${INVALID}Table is being created with a stream disabled, UpdateViewType should not be specified`,
      { StreamSpecification: { StreamEnabled: false, StreamViewType: 'NEW_IMAGE' } },
    ],
    [
      `${INVALID}SSEType can not be specified if Enabled is false`,
      { SSESpecification: { Enabled: false, SSEType: 'KMS' } },
    ],
    [`${INVALID}List of GlobalSecondaryIndexes is empty`, { GlobalSecondaryIndexes: [] }],
    [`${INVALID}List of LocalSecondaryIndexes is empty`, { LocalSecondaryIndexes: [] }],
    [
      'Attribute Name is duplicated: pk',
      {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'pk', AttributeType: 'N' },
        ],
      },
    ],
    [
      `${INVALID}Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand`,
      { WarmThroughput: { ReadUnitsPerSecond: 1 } },
    ],
    [
      `${INVALID}MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED`,
      {
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput: units(1),
        OnDemandThroughput: { MaxReadRequestUnits: 1 },
      },
    ],
    ['This emulator does not have the parameter ResourcePolicy.', { ResourcePolicy: '{}' }],
  ])('%s', (message, change) => {
    const error = new Bench().refused('CreateTable', { ...tableRequest('Other', {}), ...change });
    expect(error).toEqual({ name: 'ValidationException', message });
  });
});

describe('DescribeLimits and DescribeEndpoints', () => {
  it('tell what a new account has', () => {
    const bench = new Bench();
    expect(bench.ok('DescribeLimits', {})).toEqual({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
    expect(bench.ok('DescribeEndpoints', {})).toEqual({
      Endpoints: [{ Address: 'dynamodb.us-east-1.amazonaws.com', CachePeriodInMinutes: 1440 }],
    });
  });
});
