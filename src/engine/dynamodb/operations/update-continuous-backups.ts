/** UpdateContinuousBackups: point-in-time recovery on or off, and for how many days. */
import { DEFAULT_DAYS, disableRecovery, enableRecovery } from '../recovery/recovery.ts';
import { exception } from '../request/errors.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shapes } from '../request/shape.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import { describeBackups, recoverableTable } from './continuous-backups.ts';
import { operation } from './operation.ts';

interface Input {
  TableName: string;
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: boolean;
    RecoveryPeriodInDays?: number;
  };
}

const shapes: Shapes = {
  TableName: tableName,
  PointInTimeRecoverySpecification: {
    type: 'FieldStruct<PointInTimeRecoverySpecification>',
    notNull: true,
    children: {
      PointInTimeRecoveryEnabled: { type: 'Boolean', notNull: true },
      RecoveryPeriodInDays: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 35 },
    },
  },
};

function checkPeriod({ PointInTimeRecoverySpecification: wanted }: Input): string | undefined {
  return !wanted.PointInTimeRecoveryEnabled && wanted.RecoveryPeriodInDays !== undefined
    ? 'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.'
    : undefined;
}

export const updateContinuousBackups = operation(
  inputReader<Input>(shapes, checkPeriod),
  ({ TableName, PointInTimeRecoverySpecification: wanted }, context) => {
    const table = recoverableTable(TableName, context);
    const now = context.now();
    if (tableStatus(table) === 'CREATING') {
      throw exception(
        'ContinuousBackupsUnavailableException',
        `Backups are being enabled for the table: ${table.name}. Please retry later`,
      );
    }
    const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays: days = DEFAULT_DAYS } = wanted;
    if (PointInTimeRecoveryEnabled) enableRecovery(table, days, now);
    else disableRecovery(table);
    return { ContinuousBackupsDescription: describeBackups(table, now) };
  },
);
