/** Distances between vectors, and the nearest of many. */
import type { DistanceFunction } from './description.ts';
import type { VectorEntry } from './index.ts';
import { product } from './vector.ts';

/** An entry and how near it is. */
export interface Scored {
  entry: VectorEntry;
  score: number;
}

const MAX_FLOAT = 2 ** 127 * (2 - 2 ** -23);

/**
 * The score of a stored vector against the one that is searched for, computed with doubles and kept within the range
 * of a float. COSINE is the cosine distance, from 0 to 2, and 1 when either vector is zero; EUCLIDEAN the length of
 * the difference; DOT_PRODUCT the inner product.
 * Source: DynamoDB API Reference, "SearchVectors".
 */
export function score(
  distance: DistanceFunction,
  query: Float32Array,
  querySquares: number,
  floats: Float32Array,
  squares: number,
): number {
  if (distance === 'EUCLIDEAN')
    return Math.min(Math.sqrt(squaredDistance(query, floats)), MAX_FLOAT);
  const sum = product(query, floats);
  if (distance === 'DOT_PRODUCT') return Math.max(-MAX_FLOAT, Math.min(sum, MAX_FLOAT));
  if (querySquares === 0 || squares === 0) return 1;
  // The root of the product, so that a vector is at a distance of exactly 0 from itself.
  return 1 - Math.max(-1, Math.min(sum / Math.sqrt(querySquares * squares), 1));
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let [even, odd] = [0, 0];
  for (let index = 0; index < a.length; index += 2) {
    const one = (a[index] as number) - (b[index] as number);
    even += one * one;
    if (index + 1 === a.length) break;
    const other = (a[index + 1] as number) - (b[index + 1] as number);
    odd += other * other;
  }
  return even + odd;
}

/** Keeps the nearest of the entries that it is shown; of entries equally near those that came first. */
export class Nearest {
  /** The nearest first. */
  readonly found: Scored[] = [];
  readonly #count: number;
  readonly #sign: 1 | -1;

  /** `count` is how many to keep, one at least. */
  constructor(count: number, distance: DistanceFunction) {
    this.#count = count;
    this.#sign = distance === 'DOT_PRODUCT' ? -1 : 1;
  }

  add(entry: VectorEntry, score: number): void {
    const { found } = this;
    const rank = score * this.#sign;
    let place = found.length;
    if (place === this.#count) {
      if (rank >= (found[place - 1] as Scored).score * this.#sign) return;
      found.pop();
      place--;
    }
    while (place > 0 && rank < (found[place - 1] as Scored).score * this.#sign) place--;
    found.splice(place, 0, { entry, score });
  }
}
