/** What vector indexes cost: bytes, counted apart from read and write units. */
import { sameEntry, type VectorChange } from './index.ts';

/** Least that a search, or the write of one entry, costs. */
const MIN_BYTES = 1024;

/**
 * VectorWriteRequestBytes of a change: none when what the index keeps stays as it is, else the larger of the entry
 * before and after, 1 KB at least. An entry that goes to another value of the HASH attribute is deleted and put.
 * Source: DynamoDB Developer Guide, "Monitoring vector index capacity"; the formula is that of measurements.
 */
export function vectorWriteBytes({ index, before, after }: VectorChange): number {
  if (before && after && before.key === after.key) {
    if (sameEntry(before.entry, after.entry, index)) return 0;
    return Math.max(MIN_BYTES, before.entry.bytes, after.entry.bytes);
  }
  const deleted = before ? Math.max(MIN_BYTES, before.entry.bytes) : 0;
  return deleted + (after ? Math.max(MIN_BYTES, after.entry.bytes) : 0);
}

/** Measured, not documented: bytes for each dimension of the index, and for each result. */
const SEARCH_BYTES_PER_DIMENSION = 30.6875;
const SEARCH_BYTES_PER_RESULT = 65;

/**
 * VectorSearchRequestBytes, an estimate: DynamoDB bills what its approximate search happens to examine, and answers
 * the same request with different figures. This is a formula fitted to measurements of small indexes: a part for the
 * dimensions, one for each result, what the index stores of each result besides the vector, and four bytes for each
 * dimension of the vectors that the answer contains.
 * Source: DynamoDB Developer Guide, "Monitoring vector index capacity", for what counts and what does not.
 */
export function vectorSearchBytes(
  dimensions: number,
  results: ReadonlyArray<{ bytes: number }>,
  withVectors: boolean,
): number {
  let bytes = SEARCH_BYTES_PER_DIMENSION * dimensions;
  for (const result of results) {
    bytes += SEARCH_BYTES_PER_RESULT + result.bytes - (withVectors ? 0 : 4 * dimensions);
  }
  return Math.max(MIN_BYTES, Math.round(bytes));
}
