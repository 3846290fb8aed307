/** The world around the engine: what its switches do to requests, and the record of what they did. */
import type { Json, WorldEvent } from '../../lab/result.ts';
import type { KeyRange } from '../items/page.ts';
import type { ExpiredItem } from '../items/sweep.ts';
import type { PlannedWrite } from '../items/write.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import type { Index, IndexChange, Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { admit, watchesThroughput } from './admission.ts';
import { writeCharges } from './charges.ts';
import { CONFLICT_REASON, Conflicts, transactionConflict } from './conflicts.ts';
import { type Fault, Faults } from './faults.ts';
import { Random } from './random.ts';
import type { WorldSettings } from './settings.ts';
import { worldOf } from './table-world.ts';
import { type Charge, cancellationBy, type Refusal, throttled } from './throttling.ts';
import { earlierItem, endViews, followForViews, missedWithin, type View, viewAt } from './views.ts';

/** Why the world cancels a transaction. */
export interface TransactionRefusal {
  Code: string;
  Message: string;
}

/** A world with at least one switch turned on. Requests come one after the other, so it holds the one going on. */
export class World {
  readonly settings: Readonly<WorldSettings>;
  readonly random: Random;
  /** Milliseconds since 1970 at which the request that is going on began. */
  now = 0;
  /** The tables of each Region; undefined in a world of one. */
  stores: ReadonlyMap<string, Store> | undefined;
  #events: WorldEvent[] = [];
  #fault: Fault | undefined;
  readonly #watchesThroughput: boolean;
  #conflicts: Conflicts | undefined;
  #faults: Faults | undefined;

  constructor(settings: Readonly<WorldSettings>) {
    this.settings = settings;
    this.random = new Random(settings.seed ?? 1);
    this.#watchesThroughput = watchesThroughput(settings);
    const { transactionConflicts, faults } = settings;
    if (transactionConflicts !== undefined) this.#conflicts = new Conflicts(transactionConflicts);
    if (faults !== undefined) this.#faults = new Faults(faults);
  }

  /** An independent copy, whatever the data's size. */
  clone(): World {
    const copy = new World(this.settings);
    copy.random.state = this.random.state;
    copy.#conflicts = this.#conflicts?.clone();
    copy.#faults = this.#faults?.clone();
    return copy;
  }

  /** A request begins at that millisecond. */
  begin(now: number): void {
    this.now = now;
    this.#events = [];
    this.#fault = undefined;
  }

  /** Writes down what happened. */
  tell(kind: WorldEvent['kind'], text: string, facts: { [name: string]: Json }): void {
    this.#events.push({ kind, text, facts });
  }

  /** What has happened since the request began; undefined when nothing has. */
  get events(): WorldEvent[] | undefined {
    return this.#events.length === 0 ? undefined : this.#events;
  }

  /** Begins to look after a table that is new to this world. */
  welcome(table: Table): void {
    const { replicaLag = 0, indexLag = 0 } = this.settings;
    if (replicaLag + indexLag > 0) followForViews(table, this.now, replicaLag + indexLag);
  }

  /** Looks after a table no longer. */
  dismiss(table: Table): void {
    endViews(table);
    table.world = undefined;
  }

  // -------------------------------------------------------------------- faults

  /** Throws when the request meets a fault before anything is done. */
  failBefore(operation: string): void {
    this.#fault = this.#faults?.next(operation, this.random);
    if (this.#fault?.when === 'before') this.#fail(this.#fault, 'nothing was done');
  }

  /** Throws when the answer to a request that is done is lost. */
  failAfter(): void {
    if (this.#fault?.when === 'after') this.#fail(this.#fault, 'the request was done');
  }

  #fail({ error, when }: Fault, what: string): never {
    this.tell('fault', `fault: ${error.code}, ${what}`, { error: error.code, when });
    throw error;
  }

  // ------------------------------------------------- throughput and conflicts

  /** Throws when a transaction holds the item of a single write, or when there is no throughput for it. */
  admitWrite(write: PlannedWrite, changes: readonly IndexChange[]): void {
    if (this.#conflicts?.holds(write.table, write.key)) {
      this.#tellConflict(write.table);
      throw transactionConflict();
    }
    if (this.#watchesThroughput) this.#requireAll(writeCharges(write, changes, 1));
  }

  /**
   * Why a transaction of writes is cancelled before any condition counts: a reason or none for each write. Undefined
   * when nothing stands against it; its throughput is then used.
   */
  refuseWrites(
    writes: ReadonlyArray<{ write: PlannedWrite; changes: readonly IndexChange[] }>,
  ): Array<TransactionRefusal | undefined> | undefined {
    return this.#refuse(
      writes.map(({ write }) => write),
      () => writes.map(({ write, changes }) => writeCharges(write, changes, 2)),
    );
  }

  /** The same of a transaction of reads, each of so many units. */
  refuseReads(
    reads: ReadonlyArray<{ table: Table; key: Item; units: number }>,
  ): Array<TransactionRefusal | undefined> | undefined {
    return this.#refuse(reads, () => reads.map((read) => [readCharge(read)]));
  }

  #refuse(
    items: ReadonlyArray<{ table: Table; key: Item }>,
    charges: () => Charge[][],
  ): Array<TransactionRefusal | undefined> | undefined {
    const held = this.#conflicts?.heldOf(items) ?? [];
    for (const index of held) this.#tellConflict((items[index] as { table: Table }).table);
    if (held.length > 0) {
      return items.map((_, index) => (held.includes(index) ? CONFLICT_REASON : undefined));
    }
    if (!this.#watchesThroughput) return undefined;
    const wanted = charges();
    const refusals = admit(this, wanted.flat());
    if (refusals.length === 0) return undefined;
    return wanted.map((charged) => {
      const own: Refusal[] = refusals.filter(({ charge }) => charged.includes(charge));
      return own.length > 0 ? cancellationBy(throttled(own)) : undefined;
    });
  }

  /** Throws when there is no throughput for the read of an item. */
  admitRead(table: Table, key: Item, units: number): void {
    if (this.#watchesThroughput) this.#requireAll([readCharge({ table, key, units })]);
  }

  /**
   * Throws when there is no throughput for a page. Partitions that it has read from share its cost evenly; of a local
   * index's, so do those of the table, which also pay for the items that were fetched.
   */
  admitPage(
    table: Table,
    index: Index | undefined,
    { from, to }: { from: string; to: string },
    units: number,
  ): void {
    if (!this.#watchesThroughput) return;
    const global = index?.global ? index : undefined;
    const { partitions } = worldOf(table).throughput(table, global, this.settings, this.now);
    const read = partitions.within(from, to);
    this.#requireAll(
      read.map((partition) => ({
        table,
        index: global,
        kind: 'read',
        units: units / read.length,
        key: partition.from > from ? partition.from : from,
      })),
    );
  }

  #requireAll(charges: readonly Charge[]): void {
    const refusals = admit(this, charges);
    if (refusals.length > 0) throw throttled(refusals);
  }

  #tellConflict({ name }: Table): void {
    this.tell('conflict', `conflict: another transaction holds an item of table ${name}`, {
      table: name,
    });
  }

  // --------------------------------------------------------------- stale reads

  /** An item as an eventually consistent read of this moment sees it. */
  staleItem(table: Table, key: Item): StoredItem | undefined {
    const lag = this.#lag(undefined);
    const at = encodeKey(key, table.keys);
    const earlier = lag > 0 ? earlierItem(table, at, this.now - lag) : undefined;
    if (earlier === undefined) return table.items.get(at);
    this.#tellStale(table, undefined, 1, earlier.changed);
    return earlier.item;
  }

  /** A table or index as an eventually consistent Query or Scan sees it; undefined if it sees the newest. */
  staleView(table: Table, index: Index | undefined, { from, to }: KeyRange): View | undefined {
    const lag = this.#lag(index);
    const view = lag > 0 ? viewAt(table, index, this.now - lag) : undefined;
    if (view === undefined) return undefined;
    const { entries, since } = missedWithin(view, table, index, from, to);
    if (entries > 0) this.#tellStale(table, index, entries, since);
    return view;
  }

  /** By how many milliseconds the replica lags that answers now. */
  #lag(index: Index | undefined): number {
    const { replicaLag = 0, indexLag = 0, staleShare = 1 } = this.settings;
    const lags = replicaLag > 0 && (staleShare === 1 || this.random.next() < staleShare);
    return (lags ? replicaLag : 0) + (index?.global ? indexLag : 0);
  }

  /** Writes down which items were deleted because their time was over. */
  tellExpired(expired: readonly ExpiredItem[], region: string): void {
    const tables = new Map<string, number>();
    for (const { table } of expired) tables.set(table.name, (tables.get(table.name) ?? 0) + 1);
    for (const [table, items] of tables) {
      const text = `expired: ${plural(items, 'item')} of table ${table} deleted`;
      this.tell('expired', text, { table, items, ...(this.stores && { region }) });
    }
  }

  #tellStale(table: Table, index: Index | undefined, entries: number, since: number): void {
    const behindMs = this.now - since;
    const ago = `${behindMs.toLocaleString('en-US')} ms`;
    const facts = { table: table.name, behindMs, entries };
    if (index?.global && this.settings.indexLag) {
      const text = `index ${index.name} has not caught up: ${plural(entries, 'change')} of the last ${ago} missing`;
      this.tell('index-lag', text, { ...facts, index: index.name });
    } else {
      this.tell('stale-read', `stale read: ${ago} behind, ${plural(entries, 'item')} changed`, {
        ...facts,
        ...(index && { index: index.name }),
      });
    }
  }
}

function readCharge({ table, key, units }: { table: Table; key: Item; units: number }): Charge {
  return { table, index: undefined, kind: 'read', units, key: encodeKey(key, table.keys) };
}

/** A number and what it counts. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
