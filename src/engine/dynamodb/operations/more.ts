/** The operations that few programs use: a page loads them when one is first called. */
import { batchExecuteStatement } from './batch-execute-statement.ts';
import { createBackup } from './create-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { deleteResourcePolicy } from './delete-resource-policy.ts';
import { describeBackup } from './describe-backup.ts';
import { describeContinuousBackups } from './describe-continuous-backups.ts';
import { describeEndpoints } from './describe-endpoints.ts';
import { describeLimits } from './describe-limits.ts';
import { describeStream } from './describe-stream.ts';
import { describeTimeToLive } from './describe-time-to-live.ts';
import { executeStatement } from './execute-statement.ts';
import { executeTransaction } from './execute-transaction.ts';
import { getRecords } from './get-records.ts';
import { getResourcePolicy } from './get-resource-policy.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { listBackups } from './list-backups.ts';
import { listStreams } from './list-streams.ts';
import { listTagsOfResource } from './list-tags-of-resource.ts';
import type { Operation } from './operation.ts';
import { putResourcePolicy } from './put-resource-policy.ts';
import { restoreTableFromBackup } from './restore-table-from-backup.ts';
import { restoreTableToPointInTime } from './restore-table-to-point-in-time.ts';
import { searchVectors } from './search-vectors.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';
import { updateContinuousBackups } from './update-continuous-backups.ts';
import { updateTimeToLive } from './update-time-to-live.ts';

/** By the API's names. */
export const moreOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['BatchExecuteStatement', batchExecuteStatement],
  ['CreateBackup', createBackup],
  ['DeleteBackup', deleteBackup],
  ['DeleteResourcePolicy', deleteResourcePolicy],
  ['DescribeBackup', describeBackup],
  ['DescribeContinuousBackups', describeContinuousBackups],
  ['DescribeEndpoints', describeEndpoints],
  ['DescribeLimits', describeLimits],
  ['DescribeStream', describeStream],
  ['DescribeTimeToLive', describeTimeToLive],
  ['ExecuteStatement', executeStatement],
  ['ExecuteTransaction', executeTransaction],
  ['GetRecords', getRecords],
  ['GetResourcePolicy', getResourcePolicy],
  ['GetShardIterator', getShardIterator],
  ['ListBackups', listBackups],
  ['ListStreams', listStreams],
  ['ListTagsOfResource', listTagsOfResource],
  ['PutResourcePolicy', putResourcePolicy],
  ['RestoreTableFromBackup', restoreTableFromBackup],
  ['RestoreTableToPointInTime', restoreTableToPointInTime],
  ['SearchVectors', searchVectors],
  ['TagResource', tagResource],
  ['UntagResource', untagResource],
  ['UpdateContinuousBackups', updateContinuousBackups],
  ['UpdateTimeToLive', updateTimeToLive],
]);
