/** The partitions of a table or index: which key is in which, and how they multiply. */
import type { Units } from '../../lab/result.ts';
import { AFTER_ALL } from '../storage/keys.ts';
import { Partition } from './partition.ts';

/** Keys begin with a hash of so many hexadecimal digits. */
const HASH_DIGITS = 6;

/** Partitions in the order of their keys. Together they hold all keys. */
export class PartitionMap {
  #partitions: Partition[];
  #lastId: number;

  constructor(count: number, limits: Units, now: number) {
    this.#partitions = Array.from({ length: count }, (_, index) => {
      const from = index === 0 ? '' : bound(index / count);
      const to = index + 1 === count ? AFTER_ALL : bound((index + 1) / count);
      return new Partition(index + 1, from, to, limits, now);
    });
    this.#lastId = count;
  }

  clone(): PartitionMap {
    const copy = new PartitionMap(0, { read: 0, write: 0 }, 0);
    copy.#partitions = this.#partitions.map((partition) => partition.clone());
    copy.#lastId = this.#lastId;
    return copy;
  }

  get all(): readonly Partition[] {
    return this.#partitions;
  }

  /** The partition that holds a tree key. */
  of(key: string): Partition {
    return this.#partitions.findLast((partition) => partition.from <= key) as Partition;
  }

  /** The partitions that hold keys of a range. */
  within(from: string, to: string): Partition[] {
    return this.#partitions.filter((partition) => partition.from < to && partition.to > from);
  }

  /** Parts one in two: the keys from `at` on get a partition of their own. */
  split(partition: Partition, at: string, limits: Units, now: number): Partition {
    this.#lastId++;
    const added = new Partition(this.#lastId, at, partition.to, limits, now);
    partition.to = at;
    partition.cool();
    this.#partitions.splice(this.#partitions.indexOf(partition) + 1, 0, added);
    return added;
  }

  /** Parts the widest ones until there are so many. */
  grow(count: number, limits: Units, now: number): void {
    while (this.#partitions.length < count) {
      const [widest] = [...this.#partitions].sort((a, b) => width(b) - width(a));
      if (widest === undefined || width(widest) < 2 / 16 ** HASH_DIGITS) return;
      this.split(widest, bound(hashOf(widest.from) + width(widest) / 2), limits, now);
    }
  }
}

/** Where a key lies among all hashes, from 0 to 1. */
export function hashOf(key: string): number {
  if (key === '') return 0;
  return key === AFTER_ALL ? 1 : Number.parseInt(key.slice(0, HASH_DIGITS), 16) / 16 ** HASH_DIGITS;
}

/** Whether a bound of a partition lies within one item collection. */
export function isWithinHash(key: string): boolean {
  return key.length > HASH_DIGITS && key !== AFTER_ALL;
}

function width({ from, to }: Partition): number {
  return hashOf(to) - hashOf(from);
}

function bound(share: number): string {
  return Math.ceil(share * 16 ** HASH_DIGITS)
    .toString(16)
    .padStart(HASH_DIGITS, '0');
}

/** The beginning of a tree key that all items of its collection share: the hash and the partition key's parts. */
export function collectionOf(key: string, parts: number): string {
  let end = HASH_DIGITS;
  for (let part = 0; part < parts; part++) {
    // A part ends with a zero that nothing of 255 follows: see storage/keys.ts.
    do end = key.indexOf('\0', end) + 1;
    while (key[end] === '\u00ff');
  }
  return key.slice(0, end);
}
