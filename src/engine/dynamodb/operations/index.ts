/** The operations that are there from the start. A new one is a file beside this one and a line here, or in `more.ts`. */
import { batchGetItem } from './batch-get-item.ts';
import { batchWriteItem } from './batch-write-item.ts';
import { createTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { deleteTable } from './delete-table.ts';
import { describeTable } from './describe-table.ts';
import { getItem } from './get-item.ts';
import { listTables } from './list-tables.ts';
import type { Operation } from './operation.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';
import { updateTable } from './update-table.ts';

/** By the API's names. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['BatchGetItem', batchGetItem],
  ['BatchWriteItem', batchWriteItem],
  ['CreateTable', createTable],
  ['DeleteItem', deleteItem],
  ['DeleteTable', deleteTable],
  ['DescribeTable', describeTable],
  ['GetItem', getItem],
  ['ListTables', listTables],
  ['PutItem', putItem],
  ['Query', query],
  ['Scan', scan],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
  ['UpdateItem', updateItem],
  ['UpdateTable', updateTable],
]);

/** Operations of DynamoDB and DynamoDB Streams that this engine does not have. */
export const absentOperations: ReadonlySet<string> = new Set(
  `CancelBulkOperation CreateGlobalTable DescribeBulkOperation ListBulkOperations
  StartBulkPutItems DescribeContributorInsights DescribeExport DescribeGlobalTable
  DescribeGlobalTableSettings DescribeImport DescribeKinesisStreamingDestination
  DescribeTableReplicaAutoScaling DisableKinesisStreamingDestination
  EnableKinesisStreamingDestination ExportTableToPointInTime
  ImportTable ListContributorInsights ListExports ListGlobalTables
  ListImports
  UpdateContributorInsights UpdateGlobalTable
  UpdateGlobalTableSettings UpdateKinesisStreamingDestination UpdateTableReplicaAutoScaling`.split(
    /\s+/,
  ),
);
