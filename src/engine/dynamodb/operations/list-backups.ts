/** ListBackups: oldest first, of one table or of all, also of tables that are gone. */
import { backupArn, backupSummary } from '../items/backups.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shape } from '../request/shape.ts';
import { parseTableArn } from '../storage/arn.ts';
import type { Backup } from '../storage/backup.ts';
import { operation } from './operation.ts';

interface Input {
  TableName?: string;
  Limit?: number;
  /** Seconds since 1970; the lower bound is included, the upper one not. */
  TimeRangeLowerBound?: number;
  TimeRangeUpperBound?: number;
  ExclusiveStartBackupArn?: string;
  BackupType?: 'USER' | 'SYSTEM' | 'AWS_BACKUP' | 'ALL';
}

function optional({ notNull: _, ...shape }: Shape): Shape {
  return shape;
}

const members = {
  TableName: optional(tableName),
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
  TimeRangeLowerBound: 'Double',
  TimeRangeUpperBound: 'Double',
  ExclusiveStartBackupArn: optional(backupArn),
  BackupType: { type: 'String', enum: ['USER', 'SYSTEM', 'AWS_BACKUP', 'ALL'] },
};

function checkRange({ TimeRangeLowerBound: from = 0, TimeRangeUpperBound: to = from }: Input) {
  return from > to
    ? 'One or more parameter values were invalid: Time range lower bound must be less than or equal to upper bound'
    : undefined;
}

export const listBackups = operation(
  inputReader<Input>(members, checkRange),
  (input, { store }) => {
    const { Limit = 100, ExclusiveStartBackupArn: start, BackupType = 'USER' } = input;
    const { TimeRangeLowerBound: from = 0, TimeRangeUpperBound: to = Number.POSITIVE_INFINITY } =
      input;
    const table = input.TableName && (parseTableArn(input.TableName)?.name ?? input.TableName);
    const after = start === undefined ? undefined : orderOf(start);
    const found = [...store.backups.values()]
      .filter((backup) => {
        const seconds = backup.createdAt / 1000;
        return (
          (BackupType === 'USER' || BackupType === 'ALL') &&
          (table === undefined || backup.table.name === table) &&
          seconds >= from &&
          seconds < to &&
          (after === undefined || orderOf(backup.arn) > after)
        );
      })
      .sort(byTime);
    const page = found.slice(0, Limit);
    return {
      BackupSummaries: page.map(backupSummary),
      LastEvaluatedBackupArn: found.length > page.length ? page.at(-1)?.arn : undefined,
    };
  },
);

/** What the ARN ends with, the time first; then the table, so that no two are equal. */
function orderOf(arn: string): string {
  const [table, suffix = ''] = arn.split('/backup/');
  return `${suffix} ${table}`;
}

function byTime(a: Backup, b: Backup): number {
  return orderOf(a.arn) < orderOf(b.arn) ? -1 : 1;
}
