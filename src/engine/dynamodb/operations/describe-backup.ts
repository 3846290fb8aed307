/** DescribeBackup. */
import { backupArn, describeBackup as describe, findBackup } from '../items/backups.ts';
import { inputReader } from '../request/input.ts';
import { operation } from './operation.ts';

export const describeBackup = operation(
  inputReader<{ BackupArn: string }>({ BackupArn: backupArn }),
  ({ BackupArn }, context) => ({
    BackupDescription: describe(findBackup(BackupArn, context), 'AVAILABLE'),
  }),
);
