/** All tables of one account and Region, and snapshots of them. */
import type BTree from 'sorted-btree';
import { EXPIRY_DELAY, type ExpiredItem, sweepExpired } from '../items/sweep.ts';
import { accessDenied, resourceNotFound, validationError } from '../request/errors.ts';
import type { Stream } from '../streams/stream.ts';
import { ACCOUNT, isArn, parseTableArn } from './arn.ts';
import type { Backup } from './backup.ts';
import { endPhases, nextEnd, tableStatus } from './lifecycle.ts';
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
export interface StoreSnapshot {
  readonly tables: ReadonlyMap<string, Table>;
  readonly tokens: BTree<string, CompletedTransaction>;
  readonly backups: BTree<string, Backup>;
  readonly streams: BTree<string, Stream>;
  readonly sweptAt: number | undefined;
}

/** The tables. A table that is asked for and not there is DynamoDB's ResourceNotFoundException. */
export class Store {
  #tables = new Map<string, Table>();
  tokens: BTree<string, CompletedTransaction> = newTree();
  /** By ARN, which begins with the table's and goes on with the time. */
  backups: BTree<string, Backup> = newTree();
  /** Streams by ARN, also those of tables that are gone. */
  streams: BTree<string, Stream> = newTree();
  /** The ARNs that the request named tables by, by the tables' names. Undefined while it names none so. */
  spellings: Map<string, string> | undefined;
  /** When the next status of a table or index ends, in milliseconds of the engine's clock. */
  nextEnd = Number.POSITIVE_INFINITY;
  /** How long after their time items are deleted, in milliseconds. */
  expiryDelay = EXPIRY_DELAY;
  /** When expired items were last looked for, in milliseconds of the engine's clock. */
  sweptAt: number | undefined;
  /** Whether there is a table with a time to live. */
  #expires = false;
  /** Told of each table that is added. */
  onAdded: ((table: Table) => void) | undefined;

  /** The table of that name or ARN, for operations on items. */
  table(name: string): Table {
    const table = this.#tables.get(name) ?? this.#byArn(name);
    if (table === undefined || (table.lifecycle !== undefined && tableStatus(table) === 'CREATING'))
      throw resourceNotFound('Requested resource not found');
    return table;
  }

  /** The table of that name or ARN, for operations on tables, whose message names it. */
  describedTable(name: string): Table {
    const table = this.find(name);
    if (table === undefined)
      throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
    return table;
  }

  /** The table of that name or ARN, if there is one. */
  find(name: string): Table | undefined {
    return this.#tables.get(name) ?? this.#byArn(name);
  }

  #byArn(arn: string): Table | undefined {
    if (!isArn(arn)) return undefined;
    const parts = parseTableArn(arn);
    if (parts !== undefined && parts.account !== ACCOUNT) throw accessDenied();
    const table = parts && this.#tables.get(parts.name);
    if (table === undefined) return undefined;
    if (table.description.TableArn !== arn)
      throw validationError(`1 validation error detected: Invalid AWS region in '${arn}'`);
    this.spellings ??= new Map();
    this.spellings.set(table.name, arn);
    return table;
  }

  /** The table's name, or its ARN if the request named it so: answers repeat it. */
  spelled(table: Table): string {
    return this.spellings?.get(table.name) ?? table.name;
  }

  has(name: string): boolean {
    return this.#tables.has(name);
  }

  add(table: Table): void {
    this.#tables.set(table.name, table);
    this.onAdded?.(table);
  }

  delete(name: string): void {
    this.#tables.delete(name);
  }

  /**
   * A request begins. Looks at the clock only where something waits for it. Answers the items that have expired, if
   * any may.
   */
  begin(now: () => number): ExpiredItem[] | undefined {
    this.spellings = undefined;
    if (this.nextEnd !== Number.POSITIVE_INFINITY) this.endPhases(now());
    return this.#expires ? sweepExpired(this, now()) : undefined;
  }

  /** To be called when a table gets a time to live, or one that has it comes or goes. */
  noteExpiry(): void {
    this.#expires = [...this.#tables.values()].some((table) => table.expiry !== undefined);
  }

  /** Ends what was to last until now at most. To be called after a phase has begun, and when one may be over. */
  endPhases(now: number): void {
    this.nextEnd = Number.POSITIVE_INFINITY;
    for (const table of this.#tables.values()) {
      if (endPhases(table, now)) this.delete(table.name);
      else this.nextEnd = Math.min(this.nextEnd, nextEnd(table));
    }
  }

  /** All tables, in no particular order. */
  tables(): IterableIterator<Table> {
    return this.#tables.values();
  }

  /** The tables' names in order. */
  names(): string[] {
    return [...this.#tables.keys()].sort();
  }

  /** Costs as much as there are tables and indexes, whatever they hold: nodes are shared until written. */
  snapshot(): StoreSnapshot {
    const [tokens, backups] = [this.tokens.clone(), this.backups.clone()];
    const [streams, { sweptAt }] = [this.streams.clone(), this];
    return { tables: cloneTables(this.#tables), tokens, backups, streams, sweptAt };
  }

  /** Back to a snapshot, which can be restored again and again. */
  restore(snapshot: StoreSnapshot): void {
    this.#tables = cloneTables(snapshot.tables);
    this.tokens = snapshot.tokens.clone();
    this.backups = snapshot.backups.clone();
    this.streams = snapshot.streams.clone();
    this.sweptAt = snapshot.sweptAt;
    this.noteExpiry();
    this.nextEnd = Math.min(...[...this.#tables.values()].map(nextEnd), Number.POSITIVE_INFINITY);
  }
}

function cloneTables(tables: ReadonlyMap<string, Table>): Map<string, Table> {
  const copies = new Map<string, Table>();
  for (const [name, table] of tables) copies.set(name, table.clone());
  return copies;
}
