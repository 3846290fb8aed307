/**
 * What a snapshot holds, for a data browser: tables, indexes, partitions, items. A snapshot is looked at, never an engine:
 * no request is made, no clock is read, nothing is metered, and what the world does to requests does not happen.
 */
import type { DatabaseDescription } from '../lab/inspect.ts';
import { countChanges, markChanges, tableId } from '../lab/inspect-changes.ts';
import type { Snapshot } from './account.ts';
import { mergedItems } from './inspect-items.ts';
import { describeTable } from './inspect-table.ts';
import { Store } from './storage/store.ts';
import { reportPartitions } from './world/report.ts';
import type { WorldSettings } from './world/settings.ts';

export { readItems } from './inspect-items.ts';

/** A state that can be looked into. */
export interface InspectedState {
  /** Tables by Region, the home Region first. */
  stores: ReadonlyMap<string, Store>;
  settings: WorldSettings;
  /** Milliseconds since 1970, by the engine's clock, at which the snapshot was taken. */
  now: number;
}

/** Gets a snapshot ready to be looked into, as the next request would find it. The snapshot stays as it is. */
export function openSnapshot({ stores, world }: Snapshot, now: number): InspectedState {
  const opened = new Map<string, Store>();
  for (const [region, snapshot] of stores) {
    const store = new Store();
    store.restore(snapshot);
    store.endPhases(now);
    opened.set(region, store);
  }
  return { stores: opened, settings: world?.settings ?? {}, now };
}

/** Describes the tables of a state; with an earlier one, what has changed since then is marked. */
export function describeState(state: InspectedState, since?: InspectedState): DatabaseDescription {
  const after = describe(state);
  if (since === undefined) return after;
  const marked = markChanges(describe(since), after);
  const tables = marked.tables.map((table) => {
    const rows = countChanges(mergedItems(table, undefined, state, since));
    return rows.added + rows.changed + rows.removed > 0 ? { ...table, rowChanges: rows } : table;
  });
  return { ...marked, tables };
}

function describe({ stores, settings, now }: InspectedState): DatabaseDescription {
  const tables = [...stores].flatMap(([region, store]) => {
    const schema = stores.size > 1 ? { schema: region } : {};
    return [...store.tables()].map((table) => ({
      ...schema,
      ...describeTable(table, reportPartitions(table, settings, now)),
    }));
  });
  tables.sort((a, b) => (tableId(a) < tableId(b) ? -1 : 1));
  const name = [...stores.keys()].join(', ');
  return { engine: 'dynamodb', name, tables, dependencies: [], notes: [] };
}
