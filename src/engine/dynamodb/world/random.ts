/** Chance that repeats: the same seed gives the same numbers. */

/** A source of chance (mulberry32) whose whole state is one number. */
export class Random {
  state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** The next number, from 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}
