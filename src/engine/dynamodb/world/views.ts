/** A table as it was some time ago: what replicas and indexes show that have not caught up yet. */
import { type Change, type Journal, sequenceAt } from '../storage/journal.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Index, ItemTree, Table } from '../storage/table.ts';

/** The name under which the world follows tables. */
const FOLLOWER = 'world lag';

/** A table or index as it was. */
export interface View {
  tree: ItemTree;
  /** The changes that the view does not show yet, the newest first. */
  missed: readonly Change[];
  /** The table's item under a tree key, as it was at the same moment. */
  item(key: string): StoredItem | undefined;
}

/** Remembers a table's changes from now on for that many milliseconds, so that it can be seen as it was. */
export function followForViews(table: Table, now: number, lifetime: number): void {
  table.follow(FOLLOWER, lifetime, now);
}

/** Remembers no longer. */
export function endViews(table: Table): void {
  table.unfollow(FOLLOWER);
}

/** The changes after that millisecond, the newest first. */
function changesAfter(table: Table, at: number): Change[] {
  const journal: Journal | undefined = table.journals?.get(FOLLOWER);
  return journal === undefined ? [] : [...journal.backTo(sequenceAt(Math.floor(at) + 1))];
}

/** An item as it was at that millisecond, and since when it has been another; undefined if it is the same now. */
export function earlierItem(
  table: Table,
  key: string,
  at: number,
): { item: StoredItem | undefined; changed: number } | undefined {
  let found: { item: StoredItem | undefined; changed: number } | undefined;
  for (const change of changesAfter(table, at)) {
    if (change.key === key) found = { item: change.before, changed: change.at };
  }
  return found;
}

/**
 * The table, or one of its indexes, as it was at that millisecond: later changes are undone in a copy that shares all
 * else. Undefined if nothing has changed since.
 */
export function viewAt(table: Table, index: Index | undefined, at: number): View | undefined {
  const missed = changesAfter(table, at);
  if (missed.length === 0) return undefined;
  const item = (key: string) => {
    const first = missed.findLast((change) => change.key === key);
    return first === undefined ? table.items.get(key) : first.before;
  };
  const tree = (index?.tree ?? table.items).clone();
  for (const change of missed) {
    if (index === undefined) {
      put(tree, change.before && { key: change.key, entry: change.before }, change.key);
    } else {
      const after = change.after && table.indexEntry(change.after, index);
      put(tree, change.before && table.indexEntry(change.before, index), after?.key);
    }
  }
  return { tree, missed, item };
}

function put(
  tree: ItemTree,
  before: { key: string; entry: StoredItem } | undefined,
  keyAfter: string | undefined,
): void {
  if (keyAfter !== undefined && keyAfter !== before?.key) tree.delete(keyAfter);
  if (before !== undefined) tree.set(before.key, before.entry);
}

/** How many entries between two tree keys the view shows otherwise than they are now. */
export function missedWithin(
  view: View,
  table: Table,
  index: Index | undefined,
  from: string,
  to: string,
): { entries: number; since: number } {
  const keys = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const change of view.missed) {
    const touched =
      index === undefined
        ? [change.key]
        : [change.before, change.after].map(
            (stored) => stored && table.indexEntry(stored, index)?.key,
          );
    for (const key of touched) {
      if (key === undefined || key < from || key >= to) continue;
      keys.add(key);
      since = Math.min(since, change.at);
    }
  }
  return { entries: keys.size, since };
}
