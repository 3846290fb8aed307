/** What a page loads of the engine at first: all but the operations of `more.ts`. */
export type { Snapshot } from './account.ts';
export {
  createDynamoDB,
  type DynamoDB,
  type DynamoDBOptions,
  type More,
  type TextAnswer,
} from './engine.ts';
export type { ItemRequest, TableRequest } from './load.ts';
export type { PartitionReport } from './world/report.ts';
export type { WorldSettings } from './world/settings.ts';
