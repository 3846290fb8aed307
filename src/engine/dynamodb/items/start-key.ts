/** ExclusiveStartKey: whether it is a key of the table and index, and where reading goes on. */
import { ApiError, validationError } from '../request/errors.ts';
import { encodeKey, type KeyAttribute } from '../storage/keys.ts';
import type { Index, Table } from '../storage/table.ts';
import { type AttributeValue, emptyItem, type Item } from '../values/attribute.ts';
import { checkKey, checkKeyAttribute, KEY_MISMATCH } from './checks.ts';

const INVALID = 'The provided starting key is invalid';

/** A start key holds the attributes of the table's and the index's keys, and no others. Scan of a table says why. */
export function requireStartSize(
  start: Item,
  table: Table,
  index: Index | undefined,
  says: 'why' | 'only that',
): void {
  if (Object.keys(start).length === table.keyNames(index).length) return;
  throw validationError(
    index === undefined && says === 'why' ? `${INVALID}: ${KEY_MISMATCH}` : INVALID,
  );
}

/** One attribute of the key that is read by. */
export function checkStartAttribute(
  start: Item,
  attribute: KeyAttribute & { partition: boolean },
): void {
  const value = start[attribute.name];
  if (value === undefined) throw validationError(INVALID);
  checkKeyAttribute(value, attribute);
}

/** The tree key that reading goes on after. Throws ValidationException when the table's key is not in it. */
export function startKey(start: Item, table: Table, index: Index | undefined): string {
  try {
    checkKey(pick(start, table.keyNames()), table.keys);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw validationError(`${INVALID}: ${error.message}`);
  }
  return index ? table.indexKey(start, index) : encodeKey(start, table.keys);
}

/** The item's attributes of those names. */
export function pick(item: Item, names: readonly string[]): Item {
  const picked = emptyItem();
  for (const name of names) picked[name] = item[name] as AttributeValue;
  return picked;
}
