/** The world around the engine: what its switches do to requests, and the record of what they did. */
import type { Json, WorldEvent } from '../../lab/result.ts';
import type { KeyRange } from '../items/page.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Index, StoredItem, Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import { Random } from './random.ts';
import type { WorldSettings } from './settings.ts';
import { earlierItem, endViews, followForViews, missedWithin, type View, viewAt } from './views.ts';

/** A world with at least one switch turned on. Requests come one after the other, so it holds the one going on. */
export class World {
  readonly settings: Readonly<WorldSettings>;
  readonly random: Random;
  /** Milliseconds since 1970 at which the request that is going on began. */
  now = 0;
  #events: WorldEvent[] = [];

  constructor(settings: Readonly<WorldSettings>) {
    this.settings = settings;
    this.random = new Random(settings.seed ?? 1);
  }

  /** An independent copy, whatever the data's size. */
  clone(): World {
    const copy = new World(this.settings);
    copy.random.state = this.random.state;
    return copy;
  }

  /** A request begins at that millisecond. */
  begin(now: number): void {
    this.now = now;
    this.#events = [];
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

/** A number and what it counts. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
