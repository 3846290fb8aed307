/** DescribeContinuousBackups. */
import { inputReader, tableName } from '../request/input.ts';
import { describeBackups, recoverableTable } from './continuous-backups.ts';
import { operation } from './operation.ts';

export const describeContinuousBackups = operation(
  inputReader<{ TableName: string }>({ TableName: tableName }),
  ({ TableName }, context) => ({
    ContinuousBackupsDescription: describeBackups(
      recoverableTable(TableName, context),
      context.now(),
    ),
  }),
);
