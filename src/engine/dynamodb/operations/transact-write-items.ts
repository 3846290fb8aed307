/** TransactWriteItems: all actions are planned first; only when every one can be made, all are. */
import * as deleteRequest from 'dynalite/validations/deleteItem.js';
import * as putRequest from 'dynalite/validations/putItem.js';
import * as updateRequest from 'dynalite/validations/updateItem.js';
import type { Json } from '../../lab/result.ts';
import { type CapacityDetail, readUnits } from '../capacity.ts';
import type { ParsedUpdate } from '../expressions/update.ts';
import { checkItem, checkKey, checkUpdate } from '../items/checks.ts';
import { type Conditional, meetsCondition } from '../items/condition.ts';
import {
  baseWriteUnits,
  commit,
  type PlannedWrite,
  planDelete,
  planPut,
  planUpdate,
} from '../items/write.ts';
import {
  ApiError,
  idempotentMismatch,
  transactionCancelled,
  validationError,
} from '../request/errors.ts';
import { inputReader, tableName } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { type Context, json, operation, returnValuesOnConditionCheckFailure } from './operation.ts';
import {
  DUPLICATE_ITEM,
  MAX_ACTIONS,
  MAX_TRANSACTION_BYTES,
  TRANSACTION_TOO_LARGE,
} from './transaction.ts';
import { collectionMetrics } from './write-answer.ts';

interface Action extends Conditional {
  TableName: string;
  Item?: Item;
  Key?: Item;
  _updates?: ParsedUpdate;
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

type Kind = 'ConditionCheck' | 'Put' | 'Delete' | 'Update';

interface Input {
  TransactItems: Array<Partial<Record<Kind, Action>>>;
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: CapacityDetail;
  ReturnItemCollectionMetrics?: 'SIZE' | 'NONE';
}

/** One action with the table it is for. */
interface Target {
  kind: Kind;
  action: Action;
  table: Table;
}

/** Why an action cancels the transaction. */
interface Reason {
  Code: 'ConditionalCheckFailed' | 'ValidationError';
  Message: string;
  Item?: Json;
}

/** What an action would do, and what stands against it. */
interface Outcome {
  write: PlannedWrite;
  reason: Reason | undefined;
}

/** How long a ClientRequestToken is remembered, in milliseconds. */
const TOKEN_LIFETIME = 10 * 60 * 1000;

const kinds: Kind[] = ['ConditionCheck', 'Put', 'Delete', 'Update'];

/** Members of an action: those of the operation that it stands for, and some that it must have. */
function actionShape(kind: Kind, types: Shapes, members: string[], required: string[]): Shape {
  const shared = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
  const children: Shapes = {
    TableName: tableName,
    ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  };
  for (const member of [...shared, ...members]) children[member] = types[member] as Shape;
  for (const member of required) children[member] = { ...(types[member] as Shape), notNull: true };
  return { type: `FieldStruct<${kind}>`, children };
}

const shapes: Shapes = {
  ReturnConsumedCapacity: putRequest.types.ReturnConsumedCapacity as Shape,
  ReturnItemCollectionMetrics: putRequest.types.ReturnItemCollectionMetrics as Shape,
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: MAX_ACTIONS,
    children: {
      type: 'ValueStruct<TransactWriteItem>',
      children: {
        ConditionCheck: actionShape(
          'ConditionCheck',
          deleteRequest.types,
          ['Key'],
          ['ConditionExpression'],
        ),
        Put: actionShape('Put', putRequest.types, ['Item'], []),
        Delete: actionShape('Delete', deleteRequest.types, ['Key'], []),
        Update: actionShape('Update', updateRequest.types, ['Key'], ['UpdateExpression']),
      },
    },
  },
};

const rules: Record<Kind, typeof putRequest.custom> = {
  ConditionCheck: deleteRequest.custom,
  Put: putRequest.custom,
  Delete: deleteRequest.custom,
  Update: updateRequest.custom,
};

function checkActions({ TransactItems }: Input, limits: never): string | undefined {
  for (const item of TransactItems) {
    const [kind, ...others] = kinds.filter((one) => item[one] !== undefined);
    if (kind === undefined || others.length > 0) {
      return 'TransactItems can only contain one of Check, Put, Update or Delete';
    }
    const message = rules[kind]?.(item[kind] as never, limits);
    if (message) return message;
  }
  return undefined;
}

export const transactWriteItems = operation(
  inputReader<Input>(shapes, checkActions),
  (input, context) => {
    const { store, meter } = context;
    const targets = input.TransactItems.map((item): Target => {
      const kind = kinds.find((one) => item[one] !== undefined) as Kind;
      const action = item[kind] as Action;
      return { kind, action, table: store.table(action.TableName) };
    });
    if (isReplay(input, targets, context)) {
      return { ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity, true) };
    }
    cancelFor(targets.map(problemOf));
    requireDistinct(targets);
    const outcomes = targets.map(plan);
    requireSize(outcomes);
    if (outcomes.some(({ reason }) => reason !== undefined)) {
      // A cancelled transaction is billed as one that went through, without its indexes.
      for (const { write } of outcomes) meter.add(write.table, 'write', baseWriteUnits(write) * 2);
      cancelFor(outcomes.map(({ reason }) => reason));
    }
    for (const [index, { write }] of outcomes.entries()) {
      if (targets[index]?.kind === 'ConditionCheck')
        meter.add(write.table, 'write', baseWriteUnits(write) * 2);
      else commit(write, context, 2);
    }
    remember(input, outcomes, context);
    return {
      ConsumedCapacity: meter.consumed(input.ReturnConsumedCapacity, true),
      ItemCollectionMetrics: metricsOf(input, targets),
    };
  },
);

/** Throws TransactionCanceledException when there is a reason to. */
function cancelFor(reasons: Array<Reason | undefined>): void {
  if (reasons.every((reason) => reason === undefined)) return;
  throw transactionCancelled(
    reasons.map((reason) => (reason as Reason & { [key: string]: Json }) ?? { Code: 'None' }),
  );
}

/** What is wrong with an action before any item is read: its key, or what it would change of one. */
function problemOf({ kind, action, table }: Target): Reason | undefined {
  return validationReason(() => {
    if (kind === 'Put') checkItem(action.Item as Item, table);
    else checkKey(action.Key as Item, table.keys);
    if (action._updates) checkUpdate(action._updates, table);
  });
}

function validationReason(check: () => void): Reason | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}

function requireDistinct(targets: Target[]): void {
  const seen = new Set<string>();
  for (const { action, table } of targets) {
    const id = `${table.name}/${encodeKey((action.Item ?? action.Key) as Item, table.keys)}`;
    if (seen.has(id)) throw validationError(DUPLICATE_ITEM);
    seen.add(id);
  }
}

function plan({ kind, action, table }: Target): Outcome {
  const before = table.get((action.Item ?? action.Key) as Item);
  let write: PlannedWrite = {
    table,
    before,
    after: kind === 'ConditionCheck' ? before : undefined,
  };
  const invalid = validationReason(() => {
    if (kind === 'Put') write = planPut(table, action.Item as Item);
    if (kind === 'Delete') write = planDelete(table, action.Key as Item);
    if (kind === 'Update')
      write = planUpdate(table, action.Key as Item, action._updates?.sections ?? [], before);
  });
  if (meetsCondition(action, before?.item)) return { write, reason: invalid };
  const reason: Reason = {
    Code: 'ConditionalCheckFailed',
    Message: 'The conditional request failed',
  };
  if (before && action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD')
    reason.Item = json(before.item);
  return { write, reason };
}

function requireSize(outcomes: Outcome[]): void {
  const bytes = outcomes.reduce(
    (sum, { write }) => sum + (write.after ?? write.before ?? { bytes: 0 }).bytes,
    0,
  );
  if (bytes > MAX_TRANSACTION_BYTES) throw validationError(TRANSACTION_TOO_LARGE);
}

/**
 * Whether this request went through before under its token. Nothing is then written again, but the items that it
 * was about are billed as transactional reads.
 */
function isReplay(input: Input, targets: Target[], { store, meter, now }: Context): boolean {
  const token = input.ClientRequestToken;
  const earlier = token === undefined ? undefined : store.tokens.get(token);
  if (earlier === undefined || now() - earlier.at >= TOKEN_LIFETIME) return false;
  if (earlier.request !== requestText(input)) throw idempotentMismatch();
  for (const [index, { table }] of targets.entries()) {
    meter.add(table, 'read', readUnits(earlier.bytes[index] ?? 0, 'transactional'));
  }
  return true;
}

function remember(input: Input, outcomes: Outcome[], { store, now }: Context): void {
  if (input.ClientRequestToken === undefined) return;
  const bytes = outcomes.map(({ write }) =>
    Math.max(write.before?.bytes ?? 0, write.after?.bytes ?? 0),
  );
  store.tokens.set(input.ClientRequestToken, { request: requestText(input), bytes, at: now() });
}

function requestText({ TransactItems }: Input): string {
  return JSON.stringify(TransactItems);
}

function metricsOf(input: Input, targets: Target[]): { [table: string]: Json } | undefined {
  const metrics: { [table: string]: Json[] } = {};
  for (const { kind, action, table } of targets) {
    const item = (action.Item ?? action.Key) as Item;
    const metric =
      kind === 'ConditionCheck'
        ? undefined
        : collectionMetrics(input.ReturnItemCollectionMetrics, table, { item });
    if (metric) metrics[table.name] = [...(metrics[table.name] ?? []), metric];
  }
  return Object.keys(metrics).length > 0 ? metrics : undefined;
}
