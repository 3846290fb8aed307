/** Transactions of other clients that hold items while requests come. */
import { ApiError } from '../request/errors.ts';
import { encodeKey } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/attribute.ts';
import type { WorldSettings } from './settings.ts';

const CONFLICT = 'com.amazonaws.dynamodb.v20120810#TransactionConflictException';
const MESSAGE = 'Transaction is ongoing for the item';

/** The reason with which a conflict cancels a transaction. Source: API Reference, TransactWriteItems, errors. */
export const CONFLICT_REASON = { Code: 'TransactionConflict', Message: MESSAGE } as const;

/** The error of a single write of an item that a transaction holds. */
export function transactionConflict(): ApiError {
  return new ApiError(CONFLICT, MESSAGE);
}

/** Whether a write was refused because a transaction holds its item. */
export function isTransactionConflict(error: unknown): boolean {
  return error instanceof ApiError && error.type === CONFLICT;
}

/** The transactions that go on, and how many requests each still meets. */
export class Conflicts {
  readonly #settings: WorldSettings['transactionConflicts'];
  /** Of each transaction that goes on, or of those of no item in particular. */
  #left: number[];

  constructor(settings: WorldSettings['transactionConflicts']) {
    this.#settings = settings;
    this.#left =
      typeof settings === 'number'
        ? [settings]
        : (settings ?? []).map(({ requests = 1 }) => requests);
  }

  clone(): Conflicts {
    const copy = new Conflicts(this.#settings);
    copy.#left = [...this.#left];
    return copy;
  }

  /** Whether a transaction holds the item with that key. It has then met one request more. */
  holds(table: Table, key: Item): boolean {
    if (!Array.isArray(this.#settings)) return false;
    const index = this.#settings.findIndex(
      ({ table: name, key: held }, at) =>
        name === table.name &&
        (this.#left[at] as number) > 0 &&
        (held === undefined || encodeKey(held, table.keys) === encodeKey(key, table.keys)),
    );
    if (index < 0) return false;
    (this.#left[index] as number)--;
    return true;
  }

  /** Which of a transaction's items another one holds, by their places. */
  heldOf(items: ReadonlyArray<{ table: Table; key: Item }>): number[] {
    if (typeof this.#settings === 'number') {
      if (this.#left[0] === 0 || items.length === 0) return [];
      (this.#left[0] as number)--;
      return [0];
    }
    return items.flatMap(({ table, key }, index) => (this.holds(table, key) ? [index] : []));
  }
}
