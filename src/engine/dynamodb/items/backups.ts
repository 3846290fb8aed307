/** Backups on demand: finding one, and telling what it holds. */
import type { Json } from '../../lab/result.ts';
import type { Context } from '../operations/operation.ts';
import { accessDenied, exception, validationError } from '../request/errors.ts';
import type { Shape } from '../request/shape.ts';
import { ACCOUNT } from '../storage/arn.ts';
import type { Backup } from '../storage/backup.ts';
import { billingMode, type GlobalIndexDescription } from '../storage/description.ts';
import { tableStatus } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';

export type BackupStatus = 'CREATING' | 'AVAILABLE' | 'DELETED';

/** BackupArn of requests. */
export const backupArn: Shape = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 37,
  lengthLessThanOrEqual: 1024,
};

const ARN =
  /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:(\d{12}):table\/[a-zA-Z0-9_.-]{3,255}\/backup\/[0-9a-f-]+$/;

/** The backup of that ARN. Throws ValidationException, AccessDeniedException or BackupNotFoundException. */
export function findBackup(arn: string, { store }: Context): Backup {
  const [, account] = ARN.exec(arn) ?? [];
  if (account === undefined) throw validationError('Invalid Backup ARN');
  if (account !== ACCOUNT) throw accessDenied();
  const backup = store.backups.get(arn);
  if (backup === undefined) {
    throw exception('BackupNotFoundException', `Backup not found: ${arn}`);
  }
  return backup;
}

/**
 * Throws BackupInUseException while a table is being restored from the backup, which serves one restore at a time.
 */
export function requireUnusedBackup({ arn }: Backup, { store }: Context): void {
  for (const table of store.tables()) {
    if (table.lifecycle?.table?.restore?.SourceBackupArn !== arn) continue;
    throw exception('BackupInUseException', `Backup is being used: ${arn}`);
  }
}

/** The table to back up. Throws TableNotFoundException, also while it is being created. */
export function tableToBackUp(name: string, { store }: Context): Table {
  const table = store.find(name);
  if (table === undefined || tableStatus(table) === 'CREATING') {
    throw exception('TableNotFoundException', `Table not found: ${name}`);
  }
  return table;
}

/** BackupDetails. */
export function backupDetails(backup: Backup, status: BackupStatus): { [member: string]: Json } {
  return {
    BackupArn: backup.arn,
    BackupName: backup.name,
    BackupSizeBytes: backup.table.bytes,
    BackupStatus: status,
    BackupType: 'USER',
    BackupCreationDateTime: backup.createdAt / 1000,
  };
}

/** BackupSummary, as lists give it. */
export function backupSummary(backup: Backup): { [member: string]: Json } {
  const { TableName, TableId, TableArn } = backup.table.description;
  return { TableName, TableId, TableArn, ...backupDetails(backup, 'AVAILABLE') };
}

/** BackupDescription. */
export function describeBackup(backup: Backup, status: BackupStatus): { [member: string]: Json } {
  const { table } = backup;
  const { description } = table;
  const { ProvisionedThroughput: units, OnDemandThroughput: ceiling } = description;
  const {
    LocalSecondaryIndexes: locals,
    GlobalSecondaryIndexes: globals,
    VectorIndexes: vectors,
  } = description;
  return {
    BackupDetails: backupDetails(backup, status),
    SourceTableDetails: {
      TableName: description.TableName,
      TableId: description.TableId,
      TableArn: description.TableArn,
      TableSizeBytes: table.bytes,
      ItemCount: table.items.size,
      KeySchema: description.KeySchema,
      TableCreationDateTime: description.CreationDateTime,
      ProvisionedThroughput: unitsOf({ ProvisionedThroughput: units }),
      BillingMode: billingMode(description),
      ...(ceiling && { OnDemandThroughput: ceiling }),
    },
    SourceTableFeatureDetails: {
      ...(locals && {
        LocalSecondaryIndexes: locals.map(({ IndexArn: _, ...index }) => index),
      }),
      ...(globals && {
        GlobalSecondaryIndexes: globals.map(({ IndexArn: _, WarmThroughput: __, ...index }) => ({
          ...index,
          ProvisionedThroughput: unitsOf(index),
        })),
      }),
      ...(vectors && { VectorIndexes: vectors.map(({ IndexArn: _, ...index }) => index) }),
      ...(description.StreamSpecification && {
        StreamDescription: description.StreamSpecification,
      }),
      ...(table.expiry && {
        TimeToLiveDescription: {
          TimeToLiveStatus: 'ENABLED',
          AttributeName: table.expiry.attribute,
        },
      }),
      ...(description.SSEDescription && { SSEDescription: description.SSEDescription }),
    },
  } as unknown as { [member: string]: Json };
}

function unitsOf({
  ProvisionedThroughput: units,
}: Pick<GlobalIndexDescription, 'ProvisionedThroughput'>) {
  const { ReadCapacityUnits, WriteCapacityUnits } = units;
  return { ReadCapacityUnits, WriteCapacityUnits };
}
