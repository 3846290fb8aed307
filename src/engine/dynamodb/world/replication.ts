/** Replication of global tables: writes reach the other Regions later, and of two to one item the last one wins. */
import { writeUnits } from '../capacity.ts';
import { json } from '../operations/operation.ts';
import { type Change, type Journal, nextSequence, sequenceAt } from '../storage/journal.ts';
import { keyNames } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';
import type { Table } from '../storage/table.ts';
import { type AttributeValue, emptyItem, equal } from '../values/attribute.ts';
import type { Gate } from './admission.ts';

/** The name under which replication follows a table's own writes. */
const FOLLOWER = 'replication';

/** How long a write takes to other Regions, unless the settings say otherwise. AWS: usually a second or less. */
const REGION_LAG_MS = 1000;

/** What a table knows of the other replicas of its global table. Replaced, never changed. */
export interface Replica {
  /** The other Regions in the order in which they came, and the first change that each has not got yet. */
  readonly next: ReadonlyMap<string, string>;
  /** Regions whose replicas began as copies of this one, and when, in milliseconds of the engine's clock. */
  readonly sourced: ReadonlyMap<string, number>;
}

/** A write on its way to another Region. */
interface Delivery {
  from: string;
  to: string;
  source: Table;
  change: Change;
}

/** Begins to remember a table's writes for the other Regions. Answers the first that they have not got. */
export function followForReplicas(table: Table, now: number): string {
  return (table.journals?.get(FOLLOWER) ?? table.follow(FOLLOWER, Number.POSITIVE_INFINITY, now))
    .next;
}

/** The table is a replica no longer. */
export function endReplication(table: Table): void {
  table.unfollow(FOLLOWER);
  table.replica = undefined;
}

function journalOf(table: Table): Journal {
  return table.journals?.get(FOLLOWER) as Journal;
}

/**
 * Makes the writes that have reached other Regions by now, in the order in which they were made. A write loses against
 * a later one of the Region that it reaches; of two in one millisecond that of the Region whose name sorts last wins.
 * Source: DynamoDB Developer Guide, "How DynamoDB global tables work", multi-Region eventual consistency.
 */
export function replicate(stores: ReadonlyMap<string, Store>, gate: Gate): void {
  const { regionLag = REGION_LAG_MS } = gate.settings;
  const latest = gate.now - regionLag;
  const due: Delivery[] = [];
  for (const [from, store] of stores) {
    for (const source of store.tables()) collect(source, from, latest, due);
  }
  due.sort(inOrder);
  const done = new Map<string, { items: number; units: number; of: Delivery }>();
  for (const delivery of due) {
    const target = stores.get(delivery.to)?.find(delivery.source.name);
    if (target?.replica === undefined || !apply(delivery, target, regionLag, gate)) continue;
    const { from, to, source, change } = delivery;
    const group = `${source.name} ${from} ${to}`;
    const sum = done.get(group) ?? { items: 0, units: 0, of: delivery };
    done.set(group, sum);
    sum.items++;
    sum.units += writeUnits(change.before?.bytes, change.after?.bytes);
  }
  for (const { items, units, of } of done.values()) {
    const { from, to, source } = of;
    const writes = `${items.toLocaleString('en-US')} write${items === 1 ? '' : 's'}`;
    gate.tell('replicated', `replicated to ${to}: ${writes} to table ${source.name}`, {
      ...{ table: source.name, from, to, items, units },
    });
  }
  // What every Region has got, and nothing on its way can be older than, is needed no more.
  for (const store of stores.values()) {
    for (const table of store.tables()) if (table.replica) journalOf(table).trim(latest);
  }
}

/** Collects the writes that are due, and moves on what each Region gets next. */
function collect(source: Table, from: string, latest: number, due: Delivery[]): void {
  if (source.replica === undefined) return;
  const next = new Map(source.replica.next);
  for (const [to, first] of next) {
    for (const change of journalOf(source).from(first)) {
      if (change.at > latest) break;
      due.push({ from, to, source, change });
      next.set(to, nextSequence(change.sequence));
    }
  }
  source.replica = { ...source.replica, next };
}

function inOrder(a: Delivery, b: Delivery): number {
  if (a.change.at !== b.change.at) return a.change.at - b.change.at;
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  return a.change.sequence < b.change.sequence ? -1 : 1;
}

/** Makes a write in the Region that it has reached. Says whether it did: not if that Region wrote the item later. */
function apply({ from, to, change }: Delivery, target: Table, lag: number, gate: Gate): boolean {
  const { key, at, after } = change;
  for (const own of journalOf(target).backTo(sequenceAt(at))) {
    if (own.key !== key || (own.at === at && to < from)) continue;
    // Expired items are deleted in every Region: nothing is lost.
    if (own.after === undefined && after === undefined) return true;
    const item = emptyItem();
    const written = (after ?? change.before)?.item ?? item;
    for (const name of keyNames(target.keys)) item[name] = written[name] as AttributeValue;
    gate.tell(
      'write-lost',
      `conflict: ${to} wrote an item of table ${target.name} later, the write of ${from} is discarded`,
      { table: target.name, key: json(item), from, to, laterMs: own.at - at },
    );
    return false;
  }
  const before = target.items.get(key);
  const same = before && after ? equal({ M: before.item }, { M: after.item }) : before === after;
  if (same) return true;
  target.write(before, after, target.indexChanges(before, after));
  for (const [name, journal] of target.journals ?? []) {
    // Its own Region tells the others of the write.
    if (name !== FOLLOWER)
      journal.append({ at: at + lag, key, before, after, identity: undefined });
  }
  return true;
}
