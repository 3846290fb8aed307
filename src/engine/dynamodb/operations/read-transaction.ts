/** A transaction of reads: all items as they are at one moment. */
import type { Json } from '../../lab/result.ts';
import { readUnits } from '../capacity.ts';
import { billItem, findItem } from '../items/read.ts';
import { validationError } from '../request/errors.ts';
import { encodeKey } from '../storage/keys.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { type Context, json } from './operation.ts';
import { DUPLICATE_ITEM, MAX_TRANSACTION_BYTES, TRANSACTION_TOO_LARGE } from './transaction.ts';
import { cancelFor } from './write-transaction.ts';

/** One read, whose key has been checked. */
export interface TransactionRead {
  table: Table;
  key: Item;
  /** What the answer holds of the item. */
  chosen(stored: StoredItem): Item | StoredItem;
}

/**
 * The answers in the order of the reads, empty where there is no item. Throws ValidationException when two reads
 * name one item and when the items are too large together.
 * Source: DynamoDB API Reference, TransactGetItems.
 */
export function runReadTransaction(reads: readonly TransactionRead[], context: Context): Json[] {
  const { meter, world } = context;
  const seen = new Set<string>();
  let bytes = 0;
  const found = reads.map(({ table, key }) => {
    const id = `${table.name}/${encodeKey(key, table.keys)}`;
    if (seen.has(id)) throw validationError(DUPLICATE_ITEM);
    seen.add(id);
    const stored = findItem(table, key, 'transactional', context);
    bytes += stored?.bytes ?? 0;
    return stored;
  });
  if (bytes > MAX_TRANSACTION_BYTES) throw validationError(TRANSACTION_TOO_LARGE);
  const refusals = world?.refuseReads(
    reads.map(({ table, key }, index) => ({
      table,
      key,
      units: readUnits(found[index]?.bytes ?? 0, 'transactional'),
    })),
  );
  if (refusals) cancelFor(refusals);
  const responses = reads.map(({ table, key, chosen }, index): Json => {
    const stored = found[index];
    billItem(table, key, stored, 'transactional', context);
    return stored ? { Item: json(chosen(stored)) } : {};
  });
  meter.itemsReturned = meter.itemsRead;
  return responses;
}
