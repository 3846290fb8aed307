/** What tables and indexes are between being asked for and being done: CREATING, UPDATING, DELETING. */
import type { Json } from '../../lab/result.ts';
import type { Status, TableDescription } from './description.ts';
import type { Table } from './table.ts';

/** A status that ends at some time of the engine's clock, in milliseconds. */
export interface Phase {
  status: Exclude<Status, 'ACTIVE'>;
  until: number;
  /** The description as it is shown meanwhile, where that differs from what holds. */
  shown?: (description: TableDescription) => TableDescription;
  /** The description once the phase is over. It gets what the description is then. */
  finish?: (description: TableDescription) => TableDescription;
}

/** A table that is not ACTIVE. */
export interface TablePhase extends Phase {
  /** Whether it is UPDATING because of an index that is created or deleted. */
  reason?: 'index';
  /** Where a table that is being restored comes from. */
  restore?: { [member: string]: Json };
}

/** An index that is not ACTIVE. */
export interface IndexPhase extends Phase {
  /** Of an index that is added to a table: whether items are read into it, or its resources still allocated. */
  backfilling?: boolean;
  /** The phase that follows. */
  next?: IndexPhase;
}

/** The phases that a table and its indexes are in. Replaced, never changed. */
export interface Lifecycle {
  table?: TablePhase;
  indexes: ReadonlyMap<string, IndexPhase>;
}

/**
 * How long such phases last, in milliseconds. All are over at once unless said otherwise. AWS promises no times; an
 * empty table takes some seconds, a new index some minutes.
 */
export interface LifecycleSettings {
  /** From CreateTable until the table is ACTIVE. */
  tableCreation?: number;
  /** From an UpdateTable that changes throughput or billing until it holds. */
  tableUpdate?: number;
  /** From DeleteTable until the table is gone. */
  tableDeletion?: number;
  /** From a restore until the table is ACTIVE. */
  tableRestore?: number;
  /** How long the resources of an index that is added are allocated, before the items are read. */
  indexAllocation?: number;
  /** How many items a second are then read into the index. */
  indexBackfill?: number;
  /** From a change of an index's throughput until it holds. */
  indexUpdate?: number;
  /** From the deletion of an index until it is gone. */
  indexDeletion?: number;
}

/** The status of a table, as DescribeTable shows it. */
export function tableStatus({ lifecycle }: Table): Status {
  return lifecycle?.table?.status ?? 'ACTIVE';
}

/** The description of a table as it is shown in the phases that it and its indexes are in. */
export function shownDescription({ description, lifecycle }: Table): TableDescription {
  if (lifecycle === undefined) return description;
  const phases = [lifecycle.table, ...lifecycle.indexes.values()];
  return phases.reduce((shown, phase) => phase?.shown?.(shown) ?? shown, description);
}

/** Puts a table into a phase. */
export function beginTablePhase(table: Table, phase: TablePhase): void {
  table.lifecycle = { indexes: new Map(), ...table.lifecycle, table: phase };
}

/** Puts an index into a phase. */
export function beginIndexPhase(table: Table, index: string, phase: IndexPhase): void {
  const indexes = new Map(table.lifecycle?.indexes);
  table.lifecycle = { ...table.lifecycle, indexes: indexes.set(index, phase) };
}

/** When the next phase of the table ends. */
export function nextEnd({ lifecycle }: Table): number {
  if (lifecycle === undefined) return Number.POSITIVE_INFINITY;
  const ends = [...lifecycle.indexes.values()].map((phase) => phase.until);
  return Math.min(lifecycle.table?.until ?? Number.POSITIVE_INFINITY, ...ends);
}

/** Ends the phases that are over by that time. Says whether the table is gone with them. */
export function endPhases(table: Table, now: number): boolean {
  const { lifecycle } = table;
  if (lifecycle === undefined) return false;
  const indexes = new Map(lifecycle.indexes);
  for (const [name, phase] of lifecycle.indexes) {
    let current: IndexPhase | undefined = phase;
    while (current !== undefined && current.until <= now) {
      if (current.finish) table.description = current.finish(table.description);
      current = current.next;
    }
    if (current === undefined) indexes.delete(name);
    else indexes.set(name, current);
  }
  const phase = lifecycle.table;
  if (phase !== undefined && phase.until > now) {
    table.lifecycle = { table: phase, indexes };
    return false;
  }
  if (phase?.finish) table.description = phase.finish(table.description);
  table.lifecycle = indexes.size > 0 ? { indexes } : undefined;
  return phase?.status === 'DELETING';
}
