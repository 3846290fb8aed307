/** What DescribeContinuousBackups and UpdateContinuousBackups have in common. */
import type { Json } from '../../lab/result.ts';
import { recoveryWindow } from '../recovery/recovery.ts';
import { exception } from '../request/errors.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import type { Context } from './operation.ts';

/** The table of that name or ARN, as operations on its backups see it. Throws TableNotFoundException. */
export function recoverableTable(name: string, { store }: Context): Table {
  const table = store.find(name);
  if (table === undefined || table.lifecycle?.table?.restore) {
    throw exception('TableNotFoundException', `Table not found: ${name}`);
  }
  return table;
}

/** The answer of both operations. Continuous backups are there as soon as the table is, whoever asks for recovery. */
export function describeBackups(table: Table, now: number): { [member: string]: Json } {
  const { recovery } = table;
  const status = tableStatus(table) === 'CREATING' ? 'DISABLED' : 'ENABLED';
  if (recovery === undefined) {
    return {
      ContinuousBackupsStatus: status,
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const { earliest, latest } = recoveryWindow(recovery, now);
  return {
    ContinuousBackupsStatus: status,
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: earliest,
      LatestRestorableDateTime: latest,
    },
  };
}
