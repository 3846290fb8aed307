/** What a partition, table or index has served of late, second by second. */
import type { Units } from '../../lab/result.ts';

/** Units of one second of the engine's clock. */
interface Second extends Units {
  /** Whole seconds since 1970. */
  second: number;
}

/** Seconds that are remembered. */
const REMEMBERED = 60;

/** The units of the last minute. */
export class Traffic {
  #seconds: Second[] = [];

  clone(): Traffic {
    const copy = new Traffic();
    copy.#seconds = this.#seconds.map((second) => ({ ...second }));
    return copy;
  }

  /** Adds units and says how many of that kind the second has had. */
  add(kind: keyof Units, units: number, now: number): number {
    const second = Math.floor(now / 1000);
    let last = this.#seconds.at(-1);
    if (last?.second !== second) {
      last = { second, read: 0, write: 0 };
      this.#seconds.push(last);
      if (this.#seconds.length > REMEMBERED) this.#seconds.shift();
    }
    last[kind] += units;
    return last[kind];
  }

  /** Units of the last so many seconds, the one that is going on included. */
  during(seconds: number, now: number): Units {
    const after = Math.floor(now / 1000) - seconds;
    const sum = { read: 0, write: 0 };
    for (const { second, read, write } of this.#seconds) {
      if (second <= after) continue;
      sum.read += read;
      sum.write += write;
    }
    return sum;
  }
}
