/** Point-in-time recovery: a new table with what another one held at a moment of the last days. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import { enableStream } from './streams.support.ts';
import { Bench, N, S, type TableOptions, tableRequest } from './support.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = 1_750_000_000_000;

const recovery = (enabled: boolean, days?: number) => ({
  TableName: 'Things',
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: enabled,
    ...(days !== undefined && { RecoveryPeriodInDays: days }),
  },
});

const disabled = {
  ContinuousBackupsStatus: 'ENABLED',
  PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
};

/** A clock to be set, and a bench that goes by it, whose table remembers. */
function benchWithClock(table: TableOptions = {}) {
  const clock = { now: START };
  const bench = new Bench(table, { now: () => clock.now });
  bench.ok('UpdateContinuousBackups', recovery(true));
  const restore = (target: string, more: Record<string, Json>) =>
    bench.ok('RestoreTableToPointInTime', {
      SourceTableName: 'Things',
      TargetTableName: target,
      ...more,
    });
  const at = (time: number) => ({ RestoreDateTime: time / 1000 });
  /** The items of a table, by the text of their key. */
  const items = (TableName: string) =>
    bench
      .ok('Scan', { TableName })
      .Items.sort((a: { pk: { S: string } }, b: { pk: { S: string } }) =>
        a.pk.S < b.pk.S ? -1 : 1,
      );
  const status = () =>
    bench.ok('DescribeContinuousBackups', { TableName: 'Things' }).ContinuousBackupsDescription;
  return { clock, bench, restore, at, items, status };
}

describe('continuous backups', () => {
  it('are there with every table; recovery is not, until it is asked for', () => {
    const bench = new Bench();
    expect(bench.ok('DescribeContinuousBackups', { TableName: 'Things' })).toEqual({
      ContinuousBackupsDescription: disabled,
    });
  });

  it('can be recovered from the moment on at which that was enabled, up to five minutes ago', () => {
    const { clock, status } = benchWithClock();
    const window = () => {
      const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } =
        status().PointInTimeRecoveryDescription;
      return [earliest * 1000 - START, latest * 1000 - START];
    };
    expect(status()).toMatchObject({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 35,
      },
    });
    expect(window()).toEqual([0, 0]);
    clock.now += 3 * MINUTE;
    expect(window()).toEqual([0, 0]);
    clock.now += 7 * MINUTE;
    expect(window()).toEqual([0, 5 * MINUTE]);
    clock.now += 36 * DAY;
    expect(window()).toEqual([DAY + 10 * MINUTE, 36 * DAY + 5 * MINUTE]);
  });

  it('can be kept for 1 to 35 days', () => {
    const { clock, bench, status } = benchWithClock();
    clock.now += 10 * DAY;
    const days = () => status().PointInTimeRecoveryDescription;
    bench.ok('UpdateContinuousBackups', recovery(true, 7));
    expect(days().RecoveryPeriodInDays).toBe(7);
    expect(days().EarliestRestorableDateTime * 1000).toBe(START + 3 * DAY);
    // What was let go of does not come back.
    bench.ok('UpdateContinuousBackups', recovery(true, 35));
    expect(days().EarliestRestorableDateTime * 1000).toBe(START + 3 * DAY);
    for (const wrong of [0, 36]) {
      expect(bench.refused('UpdateContinuousBackups', recovery(true, wrong)).message).toMatch(
        /^1 validation error detected: Value '\d+' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays'/,
      );
    }
    expect(bench.refused('UpdateContinuousBackups', recovery(false, 7)).message).toBe(
      'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.',
    );
  });

  it('begin anew when recovery is disabled and enabled again, but not when enabled twice', () => {
    const { clock, bench, status } = benchWithClock();
    clock.now += DAY;
    const earliest = () =>
      status().PointInTimeRecoveryDescription.EarliestRestorableDateTime * 1000;
    bench.ok('UpdateContinuousBackups', recovery(true));
    expect(earliest()).toBe(START);
    expect(bench.ok('UpdateContinuousBackups', recovery(false))).toEqual({
      ContinuousBackupsDescription: disabled,
    });
    bench.ok('UpdateContinuousBackups', recovery(true));
    expect(earliest()).toBe(START + DAY);
  });
});

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

describe('what is refused, in this order', () => {
  const base = { SourceTableName: 'Things', TargetTableName: 'Restored' };
  const latest = { UseLatestRestorableTime: true };
  const refusal = (bench: Bench, request: Record<string, Json>) => {
    const { name, message } = bench.refused('RestoreTableToPointInTime', request);
    expect(bench.ok('ListTables', {}).TableNames).not.toContain('Restored');
    return `${name}: ${message}`;
  };

  it('a request that does not say from what, to where and to which moment', () => {
    const { bench, at } = benchWithClock();
    const arn = bench.ok('DescribeTable', { TableName: 'Things' }).Table.TableArn;
    expect(refusal(bench, base)).toBe(
      'ValidationException: Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both',
    );
    expect(refusal(bench, { ...base, UseLatestRestorableTime: false })).toMatch(/Either one of/);
    expect(refusal(bench, { ...base, ...latest, ...at(START) })).toMatch(
      /^ValidationException: Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set/,
    );
    expect(refusal(bench, { ...base, ...latest, SourceTableArn: arn })).toBe(
      'ValidationException: Must provide exactly one of: sourceTableArn, sourceTableName',
    );
    expect(refusal(bench, { TargetTableName: 'Restored', ...latest })).toMatch(
      /^ValidationException: The parameter 'TableName' is required/,
    );
    expect(refusal(bench, { ...latest, TargetTableName: 'Restored', SourceTableArn: 'x' })).toMatch(
      /^ValidationException: sourceTableArn is not a valid ARN/,
    );
    expect(refusal(bench, { ...base, ...latest, TargetTableName: 'bad name!' })).toMatch(
      /at 'targetTableName' failed to satisfy constraint/,
    );
  });

  it('a table that is not there', () => {
    const { bench } = benchWithClock();
    expect(refusal(bench, { ...base, ...latest, SourceTableName: 'Nothing' })).toBe(
      'TableNotFoundException: Table not found: Nothing',
    );
    for (const operation of ['DescribeContinuousBackups', 'UpdateContinuousBackups']) {
      const error = bench.refused(operation, { ...recovery(true), TableName: 'Nothing' });
      expect(error.name).toBe('TableNotFoundException');
    }
  });

  it('a table without recovery', () => {
    const bench = new Bench();
    expect(refusal(bench, { ...base, ...latest, TargetTableName: 'Things' })).toBe(
      "PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table 'Things'",
    );
  });

  it('a moment out of reach', () => {
    const { clock, bench, at } = benchWithClock();
    clock.now += HOUR;
    for (const time of [START - 1000, clock.now - 5 * MINUTE + 1000, clock.now + DAY, 0]) {
      const error = refusal(bench, { ...base, TargetTableName: 'Things', ...at(time) });
      expect(error).toBe(
        `InvalidRestoreTimeException: RestoreDateTime '${new Date(time).toISOString().replace('.000', '')}' must be within EarliestRestorableDateTime '2025-06-15T15:06:40Z' and LatestRestorableDateTime '2025-06-15T16:01:40Z'`,
      );
    }
    expect(refusal(bench, { ...base, RestoreDateTime: 1e300 })).toMatch(
      /^InvalidRestoreTimeException/,
    );
  });

  it('a name that is taken', () => {
    const { bench } = benchWithClock();
    bench.ok('CreateTable', tableRequest('Taken', {}));
    for (const TargetTableName of ['Things', 'Taken']) {
      expect(refusal(bench, { ...base, ...latest, TargetTableName })).toBe(
        `TableAlreadyExistsException: Table already exists: ${TargetTableName}`,
      );
    }
  });
});
