/** A partition: a range of keys with throughput of its own, and the memory of who used it. */
import type { Units } from '../../lab/result.ts';
import { TokenBucket } from './token-bucket.ts';
import { Traffic } from './traffic.ts';

/** Requests that are remembered, to find where a partition's heat is. */
const SAMPLES = 256;

/** Seconds without heat after which a partition counts as cool again. */
const COOLS_AFTER = 60;

/** One partition of a table or index. */
export class Partition {
  readonly id: number;
  /** Tree keys: the first one that may be in it, and the first one after it. */
  readonly from: string;
  to: string;
  readonly buckets: Record<keyof Units, TokenBucket>;
  traffic = new Traffic();
  #samples: Array<[key: string, units: number]> = [];
  /** How many seconds it has been at its limit, and which was the last. */
  #hotSeconds = 0;
  #lastHot = Number.NEGATIVE_INFINITY;

  constructor(id: number, from: string, to: string, limits: Units, now: number) {
    this.id = id;
    this.from = from;
    this.to = to;
    this.buckets = {
      read: new TokenBucket(limits.read, now),
      write: new TokenBucket(limits.write, now),
    };
  }

  clone(): Partition {
    const copy = new Partition(this.id, this.from, this.to, { read: 0, write: 0 }, 0);
    copy.buckets.read = this.buckets.read.clone();
    copy.buckets.write = this.buckets.write.clone();
    copy.traffic = this.traffic.clone();
    copy.#samples = [...this.#samples];
    copy.#hotSeconds = this.#hotSeconds;
    copy.#lastHot = this.#lastHot;
    return copy;
  }

  /** Writes down a request, whether or not it was refused. */
  sample(key: string, units: number): void {
    this.#samples.push([key, units]);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  /** The partition is at its limit in this second. */
  heat(now: number): void {
    const second = Math.floor(now / 1000);
    if (second === this.#lastHot) return;
    this.#hotSeconds = second - this.#lastHot > COOLS_AFTER ? 1 : this.#hotSeconds + 1;
    this.#lastHot = second;
  }

  /** Forgets its heat. */
  cool(): void {
    this.#hotSeconds = 0;
  }

  /** For how many seconds it was at its limit, until a minute has passed without. */
  get hotSeconds(): number {
    return this.#hotSeconds;
  }

  /** Whether it is at its limit in this second, or was in the one before. */
  isHot(now: number): boolean {
    return Math.floor(now / 1000) - this.#lastHot <= 1;
  }

  /**
   * The key that parts the traffic of late into halves as even as can be; undefined when all of it was for one key.
   * `place` makes of a key what may not be parted: itself, or the beginning of its item collection.
   */
  median(place: (key: string) => string): string | undefined {
    const units = new Map<string, number>();
    let total = 0;
    for (const [key, amount] of this.#samples) {
      if (key < this.from || key >= this.to) continue;
      units.set(place(key), (units.get(place(key)) ?? 0) + amount);
      total += amount;
    }
    let median: string | undefined;
    let best = Number.POSITIVE_INFINITY;
    let before = 0;
    for (const key of [...units.keys()].sort((a, b) => (a < b ? -1 : 1))) {
      const uneven = Math.abs(total - 2 * before);
      if (key > this.from && before > 0 && uneven < best) {
        median = key;
        best = uneven;
      }
      before += units.get(key) as number;
    }
    return median;
  }
}
