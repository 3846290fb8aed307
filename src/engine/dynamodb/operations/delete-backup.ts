/** DeleteBackup. */
import { backupArn, describeBackup, findBackup, requireUnusedBackup } from '../items/backups.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';

export const deleteBackup = operation(
  inputReader<{ BackupArn: string }>({ BackupArn: backupArn }),
  ({ BackupArn }, context) => {
    const backup = findBackup(BackupArn, context);
    requireUnusedBackup(backup, context);
    context.store.backups.delete(BackupArn);
    return { BackupDescription: describeBackup(backup, 'DELETED') };
  },
);
