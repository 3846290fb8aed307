/** Deleting what has expired, as DynamoDB does in the background: some time after, and at no cost. */
import type { Store } from '../storage/store.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Table } from '../storage/table.ts';

/** An item that was deleted, and when, in milliseconds of the engine's clock. */
export interface ExpiredItem {
  table: Table;
  item: StoredItem;
  at: number;
}

/**
 * How long after their time items are deleted, in milliseconds, unless the world says otherwise. AWS promises a few
 * days; what is expired can be read until then.
 */
export const EXPIRY_DELAY = 30 * 60 * 1000;

/**
 * Items that have been expired for longer when they are written stay.
 * Source: DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB", formatting an item's TTL attribute.
 */
const OLDEST = 5 * 365.25 * 24 * 60 * 60 * 1000;

/**
 * Deletes the items of all tables whose time was over `store.expiryDelay` before `now`, from the indexes too. Those
 * who follow a table are told of each deletion, with the time at which it was due. Nothing is billed.
 */
export function sweepExpired(store: Store, now: number): ExpiredItem[] {
  const since = store.sweptAt ?? now;
  store.sweptAt = now;
  const expired: ExpiredItem[] = [];
  for (const table of store.tables()) {
    const { expiry } = table;
    if (expiry === undefined) continue;
    for (;;) {
      const next = expiry.first();
      const due = next === undefined ? now : next.at + store.expiryDelay;
      if (next === undefined || due >= now) break;
      const item = table.items.get(next.key);
      if (item === undefined || next.at < since - OLDEST) expiry.skipFirst();
      else expired.push(expire(table, item, Math.max(due, since)));
    }
  }
  return expired;
}

function expire(table: Table, item: StoredItem, at: number): ExpiredItem {
  table.write(item, undefined, table.indexChanges(item, undefined));
  table.record(item, undefined, at, 'TimeToLive');
  return { table, item, at };
}
