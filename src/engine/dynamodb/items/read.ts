/** Reading single items: the one way by which operations do it, so that every read is seen and billed alike. */
import { readUnits } from '../capacity.ts';
import type { Context } from '../operations/operation.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';

/** How a read sees the table, which decides its price. */
export type Consistency = 'eventual' | 'strong' | 'transactional';

/** The consistency that ConsistentRead asks for. */
export function consistencyOf({ ConsistentRead }: { ConsistentRead?: boolean }): Consistency {
  return ConsistentRead ? 'strong' : 'eventual';
}

/** The item under a key that has been checked, as a read of that consistency sees it. Nothing is billed yet. */
export function findItem(
  table: Table,
  key: Item,
  consistency: Consistency,
  { world }: Context,
): StoredItem | undefined {
  return world === undefined || consistency !== 'eventual'
    ? table.get(key)
    : world.staleItem(table, key);
}

/**
 * Bills the read of the item under a key, found or not. Throws when there is no throughput for it; that of a
 * transaction is asked for as a whole.
 */
export function billItem(
  table: Table,
  key: Item,
  stored: StoredItem | undefined,
  consistency: Consistency,
  { meter, world }: Context,
): void {
  const units = readUnits(stored?.bytes ?? 0, consistency);
  if (consistency !== 'transactional') world?.admitRead(table, key, units);
  meter.add(table, 'read', units);
  meter.reach(table, key);
  if (stored) meter.itemsRead++;
}

/** Finds and bills. */
export function readItem(
  table: Table,
  key: Item,
  consistency: Consistency,
  context: Context,
): StoredItem | undefined {
  const stored = findItem(table, key, consistency, context);
  billItem(table, key, stored, consistency, context);
  return stored;
}
