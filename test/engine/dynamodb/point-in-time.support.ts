import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, type TableOptions } from './support.ts';

export const MINUTE = 60 * 1000;

export const HOUR = 60 * MINUTE;

export const DAY = 24 * HOUR;

export const START = 1_750_000_000_000;

export const recovery = (enabled: boolean, days?: number) => ({
  TableName: 'Things',
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: enabled,
    ...(days !== undefined && { RecoveryPeriodInDays: days }),
  },
});

export const disabled = {
  ContinuousBackupsStatus: 'ENABLED',
  PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
};

/** A clock to be set, and a bench that goes by it, whose table remembers. */
export function benchWithClock(table: TableOptions = {}) {
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
