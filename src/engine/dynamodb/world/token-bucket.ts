/** A token bucket: throughput that fills up with time and is used by requests. */

/** Rounding must not refuse what fits exactly. */
const TINY = 1e-9;

/** Units that are left of a limit. */
export class TokenBucket {
  /** Below zero after a request that took more than there was. */
  tokens: number;
  /** Milliseconds of the engine's clock at which that many were left. */
  #at: number;

  constructor(tokens: number, at: number) {
    this.tokens = tokens;
    this.#at = at;
  }

  clone(): TokenBucket {
    return new TokenBucket(this.tokens, this.#at);
  }

  /** Fills the bucket up to this moment: so many units a second, and no more than it holds. */
  fill(rate: number, capacity: number, now: number): void {
    this.tokens = Math.min(capacity, this.tokens + (rate * Math.max(0, now - this.#at)) / 1000);
    this.#at = now;
  }

  /**
   * Whether a request may use that many units. One that needs more than a second's worth needs a second's worth and
   * leaves a debt, during which others wait: the size of a read is known only once it was made.
   */
  admits(units: number, rate: number): boolean {
    return this.tokens + TINY >= Math.min(units, rate);
  }
}
