/** A transaction of writes: all actions are planned first; only when every one can be made, all are. */
import type { Json } from '../../lab/result.ts';
import { readUnits } from '../capacity.ts';
import type { ParsedUpdate } from '../expressions/update.ts';
import { checkItem, checkKey, checkUpdate } from '../items/checks.ts';
import { type Conditional, meetsCondition } from '../items/condition.ts';
import {
  baseWriteUnits,
  make,
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
import { encodeKey } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import type { TransactionRefusal } from '../world/world.ts';
import { type Context, json } from './operation.ts';
import { DUPLICATE_ITEM, MAX_TRANSACTION_BYTES, TRANSACTION_TOO_LARGE } from './transaction.ts';

/** What an action does. */
export type ActionKind = 'ConditionCheck' | 'Put' | 'Delete' | 'Update';

/** One action: `Item` of a Put, `Key` of all others. */
export interface Action extends Conditional {
  Item?: Item;
  Key?: Item;
  _updates?: ParsedUpdate;
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

/** One action with the table it is for. */
export interface Target {
  kind: ActionKind;
  action: Action;
  table: Table;
  /** Why the action cannot be made whatever is stored, if that is known already. */
  problem?: Reason;
  /** What to say when the condition does not hold, if not that it does not hold. */
  onFailure?: Reason;
}

/** Why an action cancels the transaction. */
export interface Reason {
  Code: 'ConditionalCheckFailed' | 'ValidationError' | 'DuplicateItem' | 'ResourceNotFound';
  Message: string;
  Item?: Json;
}

/** By which token a transaction is made only once, and what it is then compared by. */
export interface Idempotency {
  token: string | undefined;
  request: string;
}

/** What an action would do, and what stands against it. */
interface Outcome {
  write: PlannedWrite;
  reason: Reason | undefined;
}

/** How long a ClientRequestToken is remembered, in milliseconds. */
const TOKEN_LIFETIME = 10 * 60 * 1000;

/**
 * Makes all writes or none. False when the same request went through before under its token: nothing is then written,
 * but the items that it was about are billed as transactional reads. Throws TransactionCanceledException,
 * ValidationException, IdempotentParameterMismatchException.
 * Source: DynamoDB API Reference, TransactWriteItems; Developer Guide, "Amazon DynamoDB Transactions: How it works".
 */
export function runWriteTransaction(
  targets: readonly Target[],
  idempotency: Idempotency,
  context: Context,
): boolean {
  if (isReplay(idempotency, targets, context)) return false;
  cancelFor(targets.map(problemOf));
  requireDistinct(targets);
  const outcomes = targets.map(plan);
  requireSize(outcomes);
  const fails = outcomes.some(({ reason }) => reason !== undefined);
  const writes = outcomes.map(({ write }, index) => ({
    write,
    changes:
      fails || targets[index]?.kind === 'ConditionCheck'
        ? []
        : write.table.indexChanges(write.before, write.after),
  }));
  const refusals = context.world?.refuseWrites(writes);
  if (refusals) cancelFor(refusals.map((refusal, index) => refusal ?? outcomes[index]?.reason));
  if (fails) {
    // A cancelled transaction is billed as one that went through, without its indexes.
    for (const { write } of outcomes) billCheck(write, context);
    cancelFor(outcomes.map(({ reason }) => reason));
  }
  for (const [index, { write, changes }] of writes.entries()) {
    if (targets[index]?.kind === 'ConditionCheck') billCheck(write, context);
    else make(write, changes, context, 2);
  }
  remember(idempotency, outcomes, context);
  return true;
}

/** Bills what a transaction has looked at without changing it. */
function billCheck(write: PlannedWrite, { meter }: Context): void {
  meter.add(write.table, 'write', baseWriteUnits(write) * 2);
  meter.reach(write.table, write.key);
}

/** Throws TransactionCanceledException when there is a reason to. */
export function cancelFor(reasons: ReadonlyArray<Reason | TransactionRefusal | undefined>): void {
  if (reasons.every((reason) => reason === undefined)) return;
  throw transactionCancelled(
    reasons.map((reason) => (reason as Reason & { [key: string]: Json }) ?? { Code: 'None' }),
  );
}

/** What is wrong with an action before any item is read: its key, or what it would change of one. */
function problemOf({ kind, action, table, problem }: Target): Reason | undefined {
  return (
    problem ??
    validationReason(() => {
      if (kind === 'Put') checkItem(action.Item as Item, table);
      else checkKey(action.Key as Item, table.keys);
      if (action._updates) checkUpdate(action._updates, table);
    })
  );
}

/** The ValidationException that a check throws, as a reason. */
export function validationReason(check: () => void): Reason | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
}

function requireDistinct(targets: readonly Target[]): void {
  const seen = new Set<string>();
  for (const { action, table } of targets) {
    const id = `${table.name}/${encodeKey((action.Item ?? action.Key) as Item, table.keys)}`;
    if (seen.has(id)) throw validationError(DUPLICATE_ITEM);
    seen.add(id);
  }
}

function plan({ kind, action, table, onFailure }: Target): Outcome {
  const before = table.get((action.Item ?? action.Key) as Item);
  let write: PlannedWrite = {
    table,
    key: (action.Item ?? action.Key) as Item,
    before,
    after: kind === 'ConditionCheck' ? before : undefined,
  };
  const invalid = validationReason(() => {
    if (kind === 'Put') write = planPut(table, action.Item as Item);
    if (kind === 'Delete') write = planDelete(table, action.Key as Item);
    if (kind === 'Update')
      write = planUpdate(table, action.Key as Item, action._updates?.sections ?? [], before);
  });
  if (meetsCondition(action, before)) return { write, reason: invalid };
  if (onFailure) return { write, reason: onFailure };
  const reason: Reason = {
    Code: 'ConditionalCheckFailed',
    Message: 'The conditional request failed',
  };
  if (before && action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD')
    reason.Item = json(before);
  return { write, reason };
}

function requireSize(outcomes: readonly Outcome[]): void {
  const bytes = outcomes.reduce(
    (sum, { write }) => sum + (write.after ?? write.before ?? { bytes: 0 }).bytes,
    0,
  );
  if (bytes > MAX_TRANSACTION_BYTES) throw validationError(TRANSACTION_TOO_LARGE);
}

function isReplay(
  { token, request }: Idempotency,
  targets: readonly Target[],
  { store, meter, now }: Context,
): boolean {
  const earlier = token === undefined ? undefined : store.tokens.get(token);
  if (earlier === undefined || now() - earlier.at >= TOKEN_LIFETIME) return false;
  if (earlier.request !== request) throw idempotentMismatch();
  for (const [index, { table, action }] of targets.entries()) {
    meter.add(table, 'read', readUnits(earlier.bytes[index] ?? 0, 'transactional'));
    meter.reach(table, (action.Item ?? action.Key) as Item);
  }
  return true;
}

function remember(
  { token, request }: Idempotency,
  outcomes: readonly Outcome[],
  { store, now }: Context,
): void {
  if (token === undefined) return;
  const bytes = outcomes.map(({ write }) =>
    Math.max(write.before?.bytes ?? 0, write.after?.bytes ?? 0),
  );
  store.tokens.set(token, { request, bytes, at: now() });
}
