/** The emulator's public face. Load the bundle in `.generated/dynamodb`, not this file: see README.md. */
export type { Snapshot } from './account.ts';
export { createDynamoDB, type DynamoDB, type DynamoDBOptions, type TextAnswer } from './engine.ts';
export type { ItemRequest, TableRequest } from './load.ts';
export type { PartitionReport } from './world/report.ts';
export type { WorldSettings } from './world/settings.ts';
