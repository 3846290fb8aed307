/** RestoreTableFromBackup. */
import { backupArn, findBackup, requireUnusedBackup } from '../items/backups.ts';
import { overrideShapes, type RestoreOverrides, restoreTable } from '../items/restore.ts';
import { inputReader } from '../request/input.ts';
import { newTableName } from './create-table.ts';
import { operation } from './operation.ts';

interface Input extends RestoreOverrides {
  TargetTableName: string;
  BackupArn: string;
}

const { required: _, ...targetTableName } = newTableName;

const members = {
  TargetTableName: { ...targetTableName, notNull: true },
  BackupArn: backupArn,
  ...overrideShapes,
};

export const restoreTableFromBackup = operation(inputReader<Input>(members), (input, context) => {
  const backup = findBackup(input.BackupArn, context);
  requireUnusedBackup(backup, context);
  const origin = {
    SourceBackupArn: backup.arn,
    SourceTableArn: backup.table.description.TableArn,
    RestoreDateTime: backup.createdAt / 1000,
  };
  return restoreTable(backup.table, input.TargetTableName, input, origin, context);
});
