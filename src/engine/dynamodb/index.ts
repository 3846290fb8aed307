/** The emulator's public face. Load the bundle in `.generated/dynamodb`, not this file: see README.md. */
export { createDynamoDB, type DynamoDB, type DynamoDBOptions, type TextAnswer } from './engine.ts';
export type { ItemRequest, TableRequest } from './load.ts';
export type { Snapshot } from './storage/store.ts';
