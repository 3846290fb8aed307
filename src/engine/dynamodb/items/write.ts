/** Writes of single items: planned first, so that a transaction can check all of them before any is made. */
import { indexWriteUnits, writeUnits } from '../capacity.ts';
import type { Change } from '../expressions/update.ts';
import type { Context } from '../operations/operation.ts';
import { ApiError, validationError } from '../request/errors.ts';
import { MAX_ITEM_BYTES } from '../request/input.ts';
import type { StoredItem, Table } from '../storage/table.ts';
import { type AttributeValue, emptyItem, type Item, itemBytes } from '../values/attribute.ts';
import { checkUpdatedVectors } from '../vectors/checks.ts';
import { checkUpdatedItem } from './checks.ts';
import { applyChanges } from './update.ts';

/** A write that has not been made yet. */
export interface PlannedWrite {
  table: Table;
  before: StoredItem | undefined;
  after: StoredItem | undefined;
}

/** Puts a whole item, whose key has been checked, in the place of the one with its key. */
export function planPut(table: Table, item: Item): PlannedWrite {
  return { table, before: table.get(item), after: { item, bytes: itemBytes(item) } };
}

/** Deletes the item with that key. */
export function planDelete(table: Table, key: Item): PlannedWrite {
  return { table, before: table.get(key), after: undefined };
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
  if (before === undefined && takesAway) return { table, before, after: undefined };
  checkUpdatedItem(item, table);
  if (table.vectors !== undefined) checkUpdatedVectors(item, before?.item, table.vectors);
  const bytes = itemBytes(item);
  if (bytes > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return { table, before, after: { item, bytes } };
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
    if (error instanceof ApiError) return { table, before, after: undefined };
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

/**
 * Makes the write and bills it: the base table, twice in a transaction, and each index whose entry changes, once.
 * Source of the factor: DynamoDB Developer Guide, "Transactions", capacity management.
 */
export function commit(write: PlannedWrite, { meter, now }: Context, factor = 1): void {
  const { table, before, after } = write;
  meter.add(table, 'write', baseWriteUnits(write) * factor);
  const changes = table.indexChanges(before, after);
  for (const change of changes) {
    const units = indexWriteUnits(change);
    if (units > 0) meter.add(table, 'write', units, change.index);
  }
  const vectorChanges = table.write(before, after, changes);
  if (vectorChanges !== undefined) meter.addVectorChanges(table, vectorChanges);
  if (table.journals !== undefined) table.record(before, after, now(), undefined);
  if (before !== undefined || after !== undefined) meter.itemsWritten++;
}
