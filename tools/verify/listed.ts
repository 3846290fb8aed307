/** Reads the list of known differences, and finds what is missing in it and what is in it for nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import {
  type PostgresDifference,
  type PostgresDifferences,
  postgresDifferencesSchema,
} from '../../src/config/postgres-difference.ts';
import { UsageError } from '../lib/command-line.ts';
import { ROOT } from '../lib/root.ts';

/** Where they are listed. */
export const LIST = 'examples/postgres-differences.yaml';

/** A difference as it was found: an entry of the list without its reason. */
export type FoundDifference = Omit<PostgresDifference, 'why'>;

/**
 * The list in `file`.
 * @throws {UsageError} that names the entry that is not as src/config/postgres-difference.ts says.
 */
export async function readListed(file: string = join(ROOT, LIST)): Promise<PostgresDifferences> {
  const parsed = postgresDifferencesSchema.safeParse(parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file}:\n${z.prettifyError(parsed.error)}`);
}

/** What a lab's differences come to, held against the list. */
export interface Reckoning<Found> {
  /** Differences that nobody has listed. */
  unlisted: Found[];
  /** Entries whose difference did not occur, or occurred in other words. */
  stale: PostgresDifference[];
  /** Entries whose difference occurred. */
  met: PostgresDifference[];
}

/** Holds the differences that were found in a lab against the entries for it. */
export function reckon<Found extends FoundDifference>(
  found: readonly Found[],
  listed: readonly PostgresDifference[],
): Reckoning<Found> {
  const keys = new Set(found.map(keyOf));
  const known = new Set(listed.map(keyOf));
  return {
    unlisted: found.filter((difference) => !known.has(keyOf(difference))),
    stale: listed.filter((entry) => !keys.has(keyOf(entry))),
    met: listed.filter((entry) => keys.has(keyOf(entry))),
  };
}

function keyOf({ lab, step, statement, differs, pglite, server }: FoundDifference): string {
  // A block of YAML may end with a line break that means nothing.
  return JSON.stringify([lab, step, statement, differs, pglite.trimEnd(), server.trimEnd()]);
}
