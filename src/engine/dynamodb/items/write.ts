/** Writes of single items: planned first, so that a transaction can check all of them before any is made. */
import { indexWriteUnits, writeUnits } from '../capacity.ts';
import type { Change } from '../expressions/update.ts';
import type { Context } from '../operations/operation.ts';
import { attributeValueProblem } from '../request/attribute-values.ts';
import { ApiError, validationError } from '../request/errors.ts';
import { MAX_ITEM_BYTES } from '../request/input.ts';
import { StoredItem } from '../storage/stored-item.ts';
import type { IndexChange, Table } from '../storage/table.ts';
import { type AttributeValue, emptyItem, type Item, itemBytes } from '../values/attribute.ts';
import { checkUpdatedVectors } from '../vectors/checks.ts';
import { checkUpdatedItem } from './checks.ts';
import { applyChanges } from './update.ts';

/** A write that has not been made yet. */
export interface PlannedWrite {
  table: Table;
  /** The attributes of the item's key, and perhaps others. */
  key: Item;
  before: StoredItem | undefined;
  after: StoredItem | undefined;
}

/** Puts a whole item, whose key has been checked, in the place of the one with its key. */
export function planPut(table: Table, item: Item): PlannedWrite {
  return { table, key: item, before: table.get(item), after: new StoredItem(item) };
}

/** Deletes the item with that key. */
export function planDelete(table: Table, key: Item): PlannedWrite {
  return { table, key, before: table.get(key), after: undefined };
}

/**
 * Changes the item with that key, or makes it. Where there is none, REMOVE and DELETE alone make none.
 * Throws ValidationException when the changes cannot be made.
 */
export function planUpdate(
  table: Table,
  key: Item,
  changes: readonly Change[],
  before: StoredItem | undefined,
  wrongType?: string,
): PlannedWrite {
  const takesAway =
    changes.length > 0 && changes.every(({ type }) => type === 'remove' || type === 'delete');
  const item = applyChanges(before?.item ?? copyOf(key), changes, wrongType);
  if (before === undefined && takesAway) return { table, key, before, after: undefined };
  checkUpdatedItem(item, table);
  for (const { path } of changes) {
    if (path.length > 1) requireDepth(item[path[0] as string]);
  }
  if (table.vectors !== undefined) checkUpdatedVectors(item, before?.item, table.vectors);
  const bytes = itemBytes(item);
  if (bytes > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return { table, key, before, after: new StoredItem(item, bytes) };
}

/** A value that is not too deep in itself can be so at the place where it is put. */
function requireDepth(value: AttributeValue | undefined): void {
  const tooDeep = 'Nesting Levels have exceeded supported limits';
  if (value && attributeValueProblem(value)?.startsWith(tooDeep)) throw validationError(tooDeep);
}

/**
 * What a failed condition is billed as: the size of the item that would have been made counts; where it cannot be
 * made, the old one's does.
 */
export function planRefusedUpdate(
  table: Table,
  key: Item,
  changes: readonly Change[],
  before: StoredItem | undefined,
): PlannedWrite {
  try {
    return planUpdate(table, key, changes, before);
  } catch (error) {
    if (error instanceof ApiError) return { table, key, before, after: undefined };
    throw error;
  }
}

function copyOf(key: Item): Item {
  const item = emptyItem();
  for (const name in key) item[name] = key[name] as AttributeValue;
  return item;
}

/** What the write costs the base table, also when its condition fails. */
export function baseWriteUnits({ table, before, after }: PlannedWrite): number {
  return writeUnits(table.billedBytes(before), table.billedBytes(after));
}

/** Makes a single write and bills it. Throws when the world does not let it through; nothing is changed then. */
export function commit(write: PlannedWrite, context: Context): void {
  const changes = write.table.indexChanges(write.before, write.after);
  context.world?.admitWrite(write, changes);
  make(write, changes, context, 1);
}

/**
 * Makes a write that nothing stands against any more, and bills it: the base table, twice in a transaction, and each
 * index whose entry changes, once.
 * Source of the factor: DynamoDB Developer Guide, "Transactions", capacity management.
 */
export function make(
  write: PlannedWrite,
  changes: readonly IndexChange[],
  { meter, now }: Context,
  factor: number,
): void {
  const { table, key, before, after } = write;
  meter.add(table, 'write', baseWriteUnits(write) * factor);
  meter.reach(table, key);
  for (const change of changes) {
    const units = indexWriteUnits(change);
    if (units > 0) meter.add(table, 'write', units, change.index);
  }
  const vectorChanges = table.write(before, after, changes);
  if (vectorChanges !== undefined) meter.addVectorChanges(table, vectorChanges);
  if (table.journals !== undefined) table.record(before, after, now(), undefined);
  if (before !== undefined || after !== undefined) meter.itemsWritten++;
}
