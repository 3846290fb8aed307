/** What the tests of the DynamoDB engine share: tables to test on, and requests that read as what they ask. */
import { expect } from 'vitest';
import {
  createDynamoDB,
  type DynamoDB,
  type DynamoDBOptions,
} from '../../../.generated/dynamodb/engine.js';
import type { Json, Metering } from '../../../src/engine/lab/result.ts';

/** JSON whose members can be read without asking each time whether they are there. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape, and fail where a part is missing
export type Answer = any;

/** A key or index schema: `pk` or `pk, sk`, each with its type after a colon. */
export interface TableOptions {
  keys?: string;
  /** Global indexes: name to keys, and the projection if it is not ALL. */
  global?: Record<string, IndexOptions>;
  local?: Record<string, IndexOptions>;
}

interface IndexOptions {
  keys: string;
  /** `KEYS_ONLY`, or the attributes to include. */
  projected?: 'KEYS_ONLY' | string[];
}

/** An engine with one table, `Things`, and short ways to ask it. */
export class Bench {
  readonly db: DynamoDB;
  /** What the last request cost. */
  metering: Metering = {
    tables: [],
    itemsRead: 0,
    itemsReturned: 0,
    itemsWritten: 0,
    partitionKeys: 0,
  };

  constructor(table: TableOptions = {}, options: DynamoDBOptions = {}) {
    this.db = createDynamoDB(options);
    this.ok('CreateTable', tableRequest('Things', table));
  }

  /** The answer to a request that must go through. */
  ok(operation: string, request: Json): Answer {
    const { status, body, metering } = this.db.handle(operation, request);
    this.metering = metering;
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }

  /** The error of a request that must be refused: its name without namespace, message and details. */
  refused(operation: string, request: Json): Answer {
    const { status, body, metering } = this.db.handle(operation, request);
    this.metering = metering;
    expect(status, JSON.stringify(body)).toBe(400);
    const { __type, ...rest } = body;
    return { name: String(__type).split('#')[1], ...rest };
  }

  put(item: Record<string, Json>, more: Record<string, Json> = {}): Answer {
    return this.ok('PutItem', { TableName: 'Things', Item: item, ...more });
  }

  get(key: Record<string, Json>, more: Record<string, Json> = {}): Answer {
    return this.ok('GetItem', { TableName: 'Things', Key: key, ...more }).Item;
  }

  update(key: Record<string, Json>, expression: string, more: Record<string, Json> = {}): Answer {
    return this.ok('UpdateItem', {
      TableName: 'Things',
      Key: key,
      UpdateExpression: expression,
      ...more,
    });
  }

  /** Whether the stored item meets a condition; asked by a write that changes nothing of it. */
  meets(item: Record<string, Json>, condition: string, values: Record<string, Json> = {}): boolean {
    this.put(item);
    const { status, body } = this.db.handle('PutItem', {
      TableName: 'Things',
      Item: item,
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    });
    if (status !== 200) expect(JSON.stringify(body)).toMatch(/ConditionalCheckFailedException/);
    return status === 200;
  }

  /** The message about an expression that is refused. */
  problem(condition: string, more: Record<string, Json> = {}): string {
    const error = this.refused('PutItem', {
      TableName: 'Things',
      Item: { pk: S('x') },
      ConditionExpression: condition,
      ...more,
    });
    expect(error.name).toBe('ValidationException');
    return error.message;
  }
}

/** The parameters of CreateTable for an on-demand table. */
export function tableRequest(
  name: string,
  { keys = 'pk:S', global = {}, local = {} }: TableOptions,
) {
  const all = [
    keys,
    ...Object.values(global).map((index) => index.keys),
    ...Object.values(local).map((index) => index.keys),
  ];
  const definitions = new Map(all.flatMap((list) => attributes(list)));
  const indexes = (given: Record<string, IndexOptions>) =>
    Object.entries(given).map(([IndexName, { keys: indexKeys, projected }]) => ({
      IndexName,
      KeySchema: keySchema(indexKeys),
      Projection: projection(projected),
    }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...definitions].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keySchema(keys),
    ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: indexes(global) }),
    ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: indexes(local) }),
  };
}

function attributes(keys: string): Array<[name: string, type: string]> {
  return keys.split(',').map((key) => key.trim().split(':') as [string, string]);
}

function keySchema(keys: string) {
  return attributes(keys).map(([AttributeName], index) => ({
    AttributeName,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}

function projection(projected: IndexOptions['projected']): {
  ProjectionType: string;
  NonKeyAttributes?: string[];
} {
  if (projected === undefined) return { ProjectionType: 'ALL' };
  if (projected === 'KEYS_ONLY') return { ProjectionType: 'KEYS_ONLY' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: projected };
}

export const S = (text: string) => ({ S: text });
export const N = (number: number | string) => ({ N: String(number) });
export const L = (...elements: Json[]) => ({ L: elements });
export const M = (map: Record<string, Json>) => ({ M: map });
/** Text of that many bytes. */
export const text = (bytes: number) => ({ S: 'x'.repeat(bytes) });

/** How long something takes, in milliseconds. */
export function timed(act: () => void): number {
  const begin = performance.now();
  act();
  return performance.now() - begin;
}
