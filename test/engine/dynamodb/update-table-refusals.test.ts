/** What DynamoDB says against changes of a table, and against such tables from the start. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, S, tableRequest } from './support.ts';
import {
  Create,
  described,
  INVALID,
  onDemand,
  provisioned,
  refusal,
  units,
  withTag,
} from './update-table.support.ts';

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
