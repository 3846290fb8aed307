/** CreateBackup. Takes no time that grows with the items: a backup is a clone, which shares them until they change. */
import { backupDetails, tableToBackUp } from '../items/backups.ts';
import { inputReader, tableName } from '../request/input.ts';
import { operation } from './operation.ts';

const members = {
  TableName: tableName,
  BackupName: {
    type: 'String',
    notNull: true,
    lengthGreaterThanOrEqual: 3,
    lengthLessThanOrEqual: 255,
    regex: '[a-zA-Z0-9_.-]+',
  },
};

export const createBackup = operation(
  inputReader<{ TableName: string; BackupName: string }>(members),
  ({ TableName, BackupName }, context) => {
    const { store, now, random } = context;
    const table = tableToBackUp(TableName, context);
    const suffix = Math.floor(random() * 2 ** 32);
    const copy = table.clone();
    // What followed the table does not follow the copy, which never changes.
    copy.journals = undefined;
    copy.lifecycle = undefined;
    const createdAt = now();
    // Two backups of one millisecond differ even where chance does not.
    let number = suffix;
    const arnOf = () =>
      `${table.description.TableArn}/backup/${String(createdAt).padStart(14, '0')}-${number.toString(16).padStart(8, '0')}`;
    while (store.backups.has(arnOf())) number = (number + 1) % 2 ** 32;
    const backup = { arn: arnOf(), name: BackupName, createdAt, table: copy };
    store.backups.set(backup.arn, backup);
    return { BackupDetails: backupDetails(backup, 'CREATING') };
  },
);
