/** INSERT, UPDATE, DELETE and EXISTS: as single writes, and as actions of a transaction. */
import type { Condition } from '../expressions/condition-tree.ts';
import { checkItem, checkUpdate } from '../items/checks.ts';
import {
  baseWriteUnits,
  commit,
  planDelete,
  planPut,
  planRefusedUpdate,
  planUpdate,
} from '../items/write.ts';
import type { Context } from '../operations/operation.ts';
import { requireCondition } from '../operations/write-answer.ts';
import type { Reason, Target } from '../operations/write-transaction.ts';
import { validationError } from '../request/errors.ts';
import { MAX_ITEM_BYTES } from '../request/input.ts';
import { keyNames } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import { type Item, itemBytes } from '../values/attribute.ts';
import { project } from '../values/paths.ts';
import { duplicateItem } from './errors.ts';
import { namedItem, requireKeyType } from './key-terms.ts';
import type { Delete, Exists, Insert, Update, Write } from './statements.ts';

/** The members of a request that a single write looks at. */
export interface WriteOptions {
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

const INCOMPLETE_KEY = 'Where clause does not contain a mandatory equality on all key attributes';

/**
 * Makes a single write and answers the rows that RETURNING asks for. Throws ValidationException,
 * DuplicateItemException, ConditionalCheckFailedException.
 * Source: DynamoDB Developer Guide, PartiQL insert, update and delete statements for DynamoDB.
 */
export function runWrite(write: Write, options: WriteOptions, context: Context): Item[] {
  if (write.type === 'exists')
    throw validationError('EXISTS can only be used in ExecuteTransaction write requests.');
  const table = context.store.table(write.table);
  if (write.type === 'insert') return insert(write, table, context);
  const rows =
    write.type === 'update'
      ? update(write, table, options, context)
      : remove(write, table, options, context);
  return rows.filter((row) => row !== undefined && Object.keys(row).length > 0) as Item[];
}

function insert({ item }: Insert, table: Table, context: Context): Item[] {
  checkItem(item, table);
  requireSize(item);
  const write = planPut(table, item);
  if (write.before !== undefined) {
    context.world?.admitWrite(write, []);
    context.meter.add(table, 'write', baseWriteUnits(write));
    context.meter.reach(table, item);
    throw duplicateItem();
  }
  commit(write, context);
  return [];
}

function requireSize(item: Item): void {
  if (itemBytes(item) > MAX_ITEM_BYTES)
    throw validationError('Item size has exceeded the maximum allowed size');
}

function update(
  statement: Update,
  table: Table,
  options: WriteOptions,
  context: Context,
): Array<Item | undefined> {
  const { sections, paths } = statement.update;
  const key = wholeKey(statement, table);
  checkUpdate(statement.update, table);
  const before = table.get(key);
  const conditional = request(statement, options, updateCondition(statement.where, table));
  requireCondition(conditional, planRefusedUpdate(table, key, sections, before), context);
  const write = planUpdate(table, key, sections, before);
  commit(write, context);
  const { item: old } = before as { item: Item };
  const { item: changed } = write.after as { item: Item };
  switch (statement.returning) {
    case 'ALL OLD':
      return [old];
    case 'MODIFIED OLD':
      return [project(old, paths)];
    case 'ALL NEW':
      return [changed];
    case 'MODIFIED NEW':
      return [project(changed, paths)];
    default:
      return [];
  }
}

function remove(
  statement: Delete,
  table: Table,
  options: WriteOptions,
  context: Context,
): Array<Item | undefined> {
  const key = wholeKey(statement, table);
  const write = planDelete(table, key);
  const conditional = request(statement, options, deleteCondition(statement.where, table));
  requireCondition(conditional, write, context);
  commit(write, context);
  return statement.returning === undefined ? [] : [write.before?.item];
}

/** A conditional request as the engine's other writes know it. */
function request({ table }: Write, options: WriteOptions, expression: Condition) {
  return {
    ...options,
    TableName: table,
    _condition: { expression, nestedPaths: {}, pathHeads: {} },
  };
}

/** The key of the one item that a write names. */
function wholeKey({ where }: Update | Delete, table: Table): Item {
  const { key, conflict } = namedItem(where, table.keys);
  if (conflict !== undefined) throw validationError(conflicting(conflict));
  const attributes = [...table.keys.partition, ...table.keys.sort];
  if (attributes.some(({ name }) => key[name] === undefined)) throw validationError(INCOMPLETE_KEY);
  for (const attribute of attributes) {
    requireKeyType(key[attribute.name] as Item[string], attribute);
  }
  return key;
}

function conflicting(name: string): string {
  return `Multiple conditions on same key ${name}. Only single item Update/Insert/Delete are supported`;
}

/** UPDATE makes no items. */
function updateCondition(where: Condition | undefined, table: Table): Condition {
  return both('and', keyTest('attribute_exists', table), where);
}

/** DELETE of an item that is not there is no failure, whatever else it asks. */
function deleteCondition(where: Condition | undefined, table: Table): Condition {
  return both('or', keyTest('attribute_not_exists', table), where);
}

function keyTest(name: string, table: Table): Condition {
  return { type: 'function', name, args: [keyNames(table.keys).slice(0, 1)] };
}

function conjunction(first: Condition, second: Condition): Condition {
  return { type: 'and', args: [first, second] };
}

function both(type: 'and' | 'or', first: Condition, second: Condition | undefined): Condition {
  return second === undefined ? first : { type, args: [first, second] };
}

/** A write as an action of a transaction. Throws ValidationException for what no transaction may hold. */
export function targetOf(write: Write, options: WriteOptions, table: Table): Target {
  switch (write.type) {
    case 'insert':
      requireSize(write.item);
      return {
        kind: 'Put',
        table,
        action: { Item: write.item, ...condition(keyTest('attribute_not_exists', table)) },
        onFailure: { Code: 'DuplicateItem', Message: duplicateItem().message },
      };
    case 'update':
      return namedTarget(
        'Update',
        write,
        { ...options, ...condition(updateCondition(write.where, table)), _updates: write.update },
        table,
      );
    case 'delete':
      return namedTarget(
        'Delete',
        write,
        { ...options, ...condition(deleteCondition(write.where, table)) },
        table,
      );
    case 'exists':
      return existsTarget(write, options, table);
  }
}

function condition(expression: Condition) {
  return { _condition: { expression, nestedPaths: {}, pathHeads: {} } };
}

function namedTarget(
  kind: 'Update' | 'Delete',
  { where, returning }: Update | Delete,
  action: Target['action'],
  table: Table,
): Target {
  if (returning !== undefined)
    throw validationError('RETURNING clause is not supported in ExecuteTransaction.');
  const { key, conflict } = namedItem(where, table.keys);
  const target: Target = { kind, table, action: { ...action, Key: key } };
  if (conflict !== undefined) {
    const problem: Reason = { Code: 'ValidationError', Message: conflicting(conflict) };
    return { ...target, problem };
  }
  return target;
}

function existsTarget({ where, index }: Exists, options: WriteOptions, table: Table): Target {
  if (index !== undefined)
    throw validationError('Reads on indices are not supported within transactions.');
  const { key, rest } = namedItem(where, table.keys);
  const whole = keyNames(table.keys).every((name) => key[name] !== undefined);
  const [first, ...others] = rest;
  if (first === undefined || !whole)
    throw validationError('EXISTS() must contain a single item read with additional condition');
  return {
    kind: 'ConditionCheck',
    table,
    action: { ...options, ...condition(others.reduce(conjunction, first)), Key: key },
  };
}
