/** The emulator's public face: everything. Load the bundle in `.generated/dynamodb`, not this file: see README.md. */
import { createDynamoDB as createCore, type DynamoDB, type DynamoDBOptions } from './core.ts';
import { more } from './more.ts';

export type {
  DynamoDB,
  DynamoDBOptions,
  ItemRequest,
  PartitionReport,
  Snapshot,
  TableRequest,
  TextAnswer,
  WorldSettings,
} from './core.ts';

export { type SdkConfig, sdkConfig } from './sdk.ts';

/** Makes an empty engine with all operations. Throws WorldError for settings of the world that do not fit. */
export function createDynamoDB(options: DynamoDBOptions = {}): DynamoDB {
  const { world = {}, ...others } = options;
  const engine = createCore(others);
  engine.add(more);
  engine.configure(world);
  return engine;
}
