/** Point-in-time recovery: a new table with what another one held at a moment of the last days. */
import { describe, expect, it } from 'vitest';
import {
  benchWithClock,
  DAY,
  disabled,
  HOUR,
  MINUTE,
  recovery,
  START,
} from './point-in-time.support.ts';
import { enableStream } from './streams.support.ts';
import { Bench, N, S } from './support.ts';

describe('a restore', () => {
  it('makes a table with the items of that moment', () => {
    const { clock, bench, restore, at, items } = benchWithClock();
    bench.put({ pk: S('kept'), count: N(1) });
    bench.put({ pk: S('deleted later') });
    clock.now += HOUR;
    const moment = clock.now;
    clock.now += MINUTE;
    bench.update({ pk: S('kept') }, 'SET #count = #count + :one', {
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': N(1) },
    });
    bench.update({ pk: S('kept') }, 'REMOVE #count', {
      ExpressionAttributeNames: { '#count': 'count' },
    });
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('deleted later') } });
    bench.put({ pk: S('new') });
    clock.now += HOUR;

    const { TableDescription } = restore('Restored', at(moment));
    expect(TableDescription).toMatchObject({
      TableName: 'Restored',
      TableStatus: 'CREATING',
      RestoreSummary: {
        SourceTableArn: expect.stringMatching(/:table\/Things$/),
        RestoreDateTime: moment / 1000,
        RestoreInProgress: true,
      },
    });
    expect(items('Restored')).toEqual([{ pk: S('deleted later') }, { pk: S('kept'), count: N(1) }]);
    // The table itself goes on, apart from the new one.
    expect(items('Things')).toEqual([{ pk: S('kept') }, { pk: S('new') }]);
    bench.ok('PutItem', { TableName: 'Restored', Item: { pk: S('apart') } });
    expect(items('Things')).toHaveLength(2);
  });

  it('to the latest moment is five minutes behind', () => {
    const { clock, bench, restore, items } = benchWithClock();
    bench.put({ pk: S('an hour ago') });
    clock.now += HOUR;
    bench.put({ pk: S('five minutes ago') });
    clock.now += 5 * MINUTE - 1;
    restore('Before', { UseLatestRestorableTime: true });
    expect(items('Before')).toEqual([{ pk: S('an hour ago') }]);
    clock.now += 1;
    restore('After', { UseLatestRestorableTime: true });
    expect(items('After')).toHaveLength(2);
  });

  it('right after recovery was enabled gives what there was then', () => {
    const clock = { now: START };
    const bench = new Bench({}, { now: () => clock.now });
    bench.put({ pk: S('before') });
    clock.now += 400;
    bench.ok('UpdateContinuousBackups', recovery(true));
    clock.now += 300;
    bench.put({ pk: S('after') });
    bench.ok('RestoreTableToPointInTime', {
      SourceTableName: 'Things',
      TargetTableName: 'Restored',
      UseLatestRestorableTime: true,
    });
    expect(bench.ok('Scan', { TableName: 'Restored' }).Items).toEqual([{ pk: S('before') }]);
  });

  it('counts and indexes the items of that moment', () => {
    const { clock, bench, restore, at } = benchWithClock({
      keys: 'pk:S, sk:S',
      global: { ByOwner: { keys: 'owner:S', projected: 'KEYS_ONLY' } },
      local: { ByTime: { keys: 'pk:S, time:N' } },
    });
    const key = { pk: S('a'), sk: S('b') };
    bench.put({ ...key, owner: S('Ann'), time: N(1) });
    const { Table: before } = bench.ok('DescribeTable', { TableName: 'Things' });
    clock.now += HOUR;
    const moment = clock.now;
    clock.now += 1;
    bench.put({ ...key, owner: S('Bob'), more: S('x'.repeat(100)) });
    clock.now += HOUR;
    restore('Restored', at(moment));

    const owned = (name: string) =>
      bench.ok('Query', {
        TableName: 'Restored',
        IndexName: 'ByOwner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': S(name) },
      }).Items;
    expect(owned('Ann')).toEqual([{ ...key, owner: S('Ann') }]);
    expect(owned('Bob')).toEqual([]);
    const { Table: after } = bench.ok('DescribeTable', { TableName: 'Restored' });
    for (const figure of ['ItemCount', 'TableSizeBytes'])
      expect(after[figure]).toBe(before[figure]);
    for (const indexes of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
      expect(after[indexes][0].ItemCount).toBe(1);
      expect(after[indexes][0].IndexSizeBytes).toBe(before[indexes][0].IndexSizeBytes);
    }
  });

  it('knows what expired since', () => {
    const { clock, bench, restore, at, items } = benchWithClock();
    bench.ok('UpdateTimeToLive', {
      TableName: 'Things',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    });
    bench.put({ pk: S('session'), expires: N(START / 1000) });
    clock.now += MINUTE;
    const moment = clock.now;
    clock.now += 2 * DAY;
    expect(items('Things')).toEqual([]);
    restore('Restored', at(moment));
    expect(items('Restored')).toHaveLength(1);
    // The new table has no time to live.
    clock.now += 2 * DAY;
    expect(items('Restored')).toHaveLength(1);
  });

  it('keeps keys, indexes and billing, and nothing that was set up besides', () => {
    const { clock, bench, restore } = benchWithClock({ global: { ByOwner: { keys: 'owner:S' } } });
    enableStream(bench);
    bench.ok('UpdateTable', { TableName: 'Things', DeletionProtectionEnabled: true });
    clock.now += HOUR;
    restore('Restored', { UseLatestRestorableTime: true });
    const { Table } = bench.ok('DescribeTable', { TableName: 'Restored' });
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'ByOwner' }],
      DeletionProtectionEnabled: false,
    });
    expect(Table.StreamSpecification).toBeUndefined();
    expect(Table.LatestStreamArn).toBeUndefined();
    expect(
      bench.ok('DescribeContinuousBackups', { TableName: 'Restored' }).ContinuousBackupsDescription,
    ).toEqual(disabled);
  });

  it('can leave indexes out, and be billed otherwise', () => {
    const { bench, restore } = benchWithClock({ global: { ByOwner: { keys: 'owner:S' } } });
    restore('Restored', {
      UseLatestRestorableTime: true,
      GlobalSecondaryIndexOverride: [],
      BillingModeOverride: 'PROVISIONED',
      ProvisionedThroughputOverride: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
    });
    const { Table } = bench.ok('DescribeTable', { TableName: 'Restored' });
    expect(Table.GlobalSecondaryIndexes).toBeUndefined();
    expect(Table.ProvisionedThroughput).toMatchObject({
      ReadCapacityUnits: 2,
      WriteCapacityUnits: 3,
    });
  });

  it('finds its source by ARN too', () => {
    const { bench, items } = benchWithClock();
    bench.ok('RestoreTableToPointInTime', {
      SourceTableArn: bench.ok('DescribeTable', { TableName: 'Things' }).Table.TableArn,
      TargetTableName: 'Restored',
      UseLatestRestorableTime: true,
    });
    expect(items('Restored')).toEqual([]);
  });

  it('goes back no further than the snapshot that the engine was restored to', () => {
    const { clock, bench, restore, at, items } = benchWithClock();
    bench.put({ pk: S('one') });
    const snapshot = bench.db.snapshot();
    clock.now += HOUR;
    bench.put({ pk: S('two') });
    bench.db.restore(snapshot);
    bench.put({ pk: S('three') });
    clock.now += HOUR;
    restore('Earlier', at(START + MINUTE));
    restore('Later', at(START + HOUR));
    expect(items('Earlier')).toEqual([{ pk: S('one') }]);
    expect(items('Later')).toEqual([{ pk: S('one') }, { pk: S('three') }]);
  });
});
