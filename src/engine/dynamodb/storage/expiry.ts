/** When the items of a table expire that has a time to live. */
import type BTree from 'sorted-btree';
import type { StoredItem } from './stored-item.ts';
import { newTree } from './table.ts';

/** An item that expires, by its key in the table's tree. */
export interface Expiration {
  key: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Digits of a time in the tree's keys: enough until the year 5138, which milliseconds taken for seconds are past. */
const DIGITS = 14;

/** The items that will expire, in the order of their times. */
export class Expiry {
  /** The attribute that says when. */
  readonly attribute: string;
  /** Keys are the time and the item's key. */
  #times: BTree<string, undefined> = newTree();

  constructor(attribute: string) {
    this.attribute = attribute;
  }

  /** Takes note of a write. */
  change(key: string, before: StoredItem | undefined, after: StoredItem | undefined): void {
    const [old, now] = [this.#timeOf(before), this.#timeOf(after)];
    if (old === now) return;
    if (old !== undefined) this.#times.delete(old + key);
    if (now !== undefined) this.#times.set(now + key, undefined);
  }

  /** The item that expires first. */
  first(): Expiration | undefined {
    const first = this.#times.minKey();
    if (first === undefined) return undefined;
    return { key: first.slice(DIGITS), at: Number(first.slice(0, DIGITS)) };
  }

  /** Lets the item that expires first be, for good. */
  skipFirst(): void {
    const first = this.#times.minKey();
    if (first !== undefined) this.#times.delete(first);
  }

  /** An independent copy, in constant time. */
  clone(): Expiry {
    const copy = new Expiry(this.attribute);
    copy.#times = this.#times.clone();
    return copy;
  }

  /**
   * When an item expires; undefined if it never does. The attribute must be a number, of seconds since 1970.
   * Source: DynamoDB Developer Guide, "Using time to live (TTL) in DynamoDB", formatting an item's TTL attribute.
   */
  #timeOf(stored: StoredItem | undefined): string | undefined {
    const seconds = stored?.item[this.attribute]?.N;
    if (seconds === undefined) return undefined;
    const time = String(Math.floor(Number(seconds) * 1000));
    return /^\d+$/.test(time) && time.length <= DIGITS ? time.padStart(DIGITS, '0') : undefined;
  }
}
