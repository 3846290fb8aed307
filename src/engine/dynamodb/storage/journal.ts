/** A journal of a table's changes in their order, for those who follow it: streams, recovery, replicas. */
import type BTree from 'sorted-btree';
import type { StoredItem } from './stored-item.ts';
import { newTree } from './table.ts';

/** Who made a change, if not a request: the service itself, when it deletes what has expired. */
export type ChangeIdentity = 'TimeToLive';

/** One item's change. At least one of `before` and `after` is there; neither is ever changed. */
export interface Change {
  /** 21 digits that grow from change to change; `sequenceAt` says how they are made. */
  readonly sequence: string;
  /** Milliseconds of the engine's clock. Never less than that of the change before. */
  readonly at: number;
  /** The item's key as the table's tree has it. */
  readonly key: string;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  readonly identity: ChangeIdentity | undefined;
}

/** Changes within one millisecond that have sequence numbers of their own. */
const MOST_IN_A_MILLISECOND = 10_000_000;
const LATEST_MILLISECOND = 9_999_999_999_999;

/**
 * The sequence number that no change before that millisecond reaches: a 1, the milliseconds in 13 digits (until the
 * year 2286) and the count of changes within the millisecond in 7. They sort as texts. DynamoDB's own numbers are
 * opaque; that these tell the time gives each shard a range also when nothing was written.
 */
export function sequenceAt(millisecond: number, count = 0): string {
  const time = Math.min(Math.max(Math.floor(millisecond), 0), LATEST_MILLISECOND);
  return `1${String(time).padStart(13, '0')}${String(count).padStart(7, '0')}`;
}

/** The sequence number after that one. */
export function nextSequence(sequence: string): string {
  return String(BigInt(sequence) + 1n);
}

/** What happened to a table while somebody followed it, as far back as they need. */
export class Journal {
  /** When it began, in milliseconds of the engine's clock. */
  readonly since: number;
  /** How long a change is kept, in milliseconds of the engine's clock. */
  lifetime: number;
  #changes: BTree<string, Change> = newTree();
  /** The sequence number of the last change that was let go of. */
  #trimmed = '';
  /** Of the last change: its time, and its number within that millisecond. */
  #at: number;
  #count = 0;

  constructor(since: number, lifetime: number) {
    this.since = Math.max(Math.floor(since), 0);
    this.lifetime = lifetime;
    this.#at = this.since;
  }

  /** When the last change was made, or else when the journal began: milliseconds of the engine's clock. */
  get at(): number {
    return this.#at;
  }

  /** A sequence number after that of the last change and not after that of the next one. */
  get next(): string {
    return sequenceAt(this.#at, this.#count + 1);
  }

  /** Adds a change and lets go of those whose time is over. */
  append(change: Omit<Change, 'sequence'>): void {
    // A clock that is set back does not reorder what happened.
    const at = Math.max(Math.floor(change.at), this.#at);
    this.#count = at === this.#at ? this.#count + 1 : 1;
    this.#at = this.#count < MOST_IN_A_MILLISECOND ? at : at + 1;
    this.#count %= MOST_IN_A_MILLISECOND;
    const sequence = sequenceAt(this.#at, this.#count);
    this.#changes.set(sequence, { ...change, at: this.#at, sequence });
    this.trim(this.#at - this.lifetime);
  }

  /** The changes from a sequence number on, it included, in order. Nothing may be appended meanwhile. */
  from(sequence: string): IterableIterator<Change> {
    return this.#changes.values(sequence);
  }

  /** The changes from the last one back to a sequence number, it included. */
  *backTo(sequence: string): IterableIterator<Change> {
    for (const [key, change] of this.#changes.entriesReversed()) {
      if (key < sequence) return;
      yield change;
    }
  }

  /** Lets go of the changes before that millisecond. */
  trim(before: number): void {
    const first = this.#changes.minKey();
    const end = sequenceAt(before);
    if (first === undefined || first >= end) return;
    this.#trimmed = this.#changes.nextLowerKey(end) as string;
    this.#changes.deleteRange(first, end, false);
  }

  /** Whether there was a change from a sequence number on, it included, and before that millisecond. */
  changedBetween(sequence: string, before: number): boolean {
    if (this.#trimmed >= sequence) return true;
    const first = this.#changes.getPairOrNextHigher(sequence);
    return first !== undefined && first[0] < sequenceAt(before);
  }

  /** An independent copy, in constant time. */
  clone(): Journal {
    const copy = new Journal(this.since, this.lifetime);
    copy.#changes = this.#changes.clone();
    copy.#trimmed = this.#trimmed;
    copy.#at = this.#at;
    copy.#count = this.#count;
    return copy;
  }
}
