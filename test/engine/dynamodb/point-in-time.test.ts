/** Point-in-time recovery: switched on and off, and what is refused. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/lab/result.ts';
import {
  benchWithClock,
  DAY,
  disabled,
  HOUR,
  MINUTE,
  recovery,
  START,
} from './point-in-time.support.ts';
import { Bench, tableRequest } from './support.ts';

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
