/** All tables of one account and Region, and snapshots of them. */
import type BTree from 'sorted-btree';
import { resourceNotFound } from '../request/errors.ts';
import { newTree, type Table } from './table.ts';

/** A TransactWriteItems that went through under a ClientRequestToken. */
export interface CompletedTransaction {
  /** Its actions as text, to compare with those of a later request. */
  request: string;
  /** Of each action, the larger size of its item before and after. */
  bytes: number[];
  /** Milliseconds of the engine's clock. */
  at: number;
}

/** A state of the store to come back to. Opaque: taken and given back whole. */
export interface Snapshot {
  readonly tables: ReadonlyMap<string, Table>;
  readonly tokens: BTree<string, CompletedTransaction>;
}

/** The tables. A table that is asked for and not there is DynamoDB's ResourceNotFoundException. */
export class Store {
  #tables = new Map<string, Table>();
  tokens: BTree<string, CompletedTransaction> = newTree();

  /** The table of that name, for operations on items. */
  table(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw resourceNotFound('Requested resource not found');
    return table;
  }

  /** The table of that name, for operations on tables, whose message names it. */
  describedTable(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined)
      throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
    return table;
  }

  has(name: string): boolean {
    return this.#tables.has(name);
  }

  add(table: Table): void {
    this.#tables.set(table.name, table);
  }

  delete(name: string): void {
    this.#tables.delete(name);
  }

  /** The tables' names in order. */
  names(): string[] {
    return [...this.#tables.keys()].sort();
  }

  /** Costs as much as there are tables and indexes, whatever they hold: nodes are shared until written. */
  snapshot(): Snapshot {
    return { tables: cloneTables(this.#tables), tokens: this.tokens.clone() };
  }

  /** Back to a snapshot, which can be restored again and again. */
  restore(snapshot: Snapshot): void {
    this.#tables = cloneTables(snapshot.tables);
    this.tokens = snapshot.tokens.clone();
  }
}

function cloneTables(tables: ReadonlyMap<string, Table>): Map<string, Table> {
  const copies = new Map<string, Table>();
  for (const [name, table] of tables) copies.set(name, table.clone());
  return copies;
}
