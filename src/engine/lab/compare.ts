/** Compares a run with the recorded one. */
import type { Json, Recording } from './result.ts';

/** A place where a run differs from its recording. */
export interface Difference {
  /** Where, as `postgres.steps[1].statements[0].tag`. */
  path: string;
  recorded: Json | undefined;
  now: Json | undefined;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * A run as it is recorded. Two things differ from run to run and mean nothing. The
 * ClientRequestToken that the SDK makes up for a transaction without one is numbered instead, and
 * the time that a statement took is left out.
 */
export function recordable(run: Recording): Recording {
  const tokens = new Map<string, string>();
  return JSON.parse(
    JSON.stringify(run, (key, value: unknown) => {
      if (key === 'milliseconds') return undefined;
      if (key !== 'ClientRequestToken' || typeof value !== 'string' || !UUID.test(value))
        return value;
      const name = tokens.get(value) ?? `made up by the SDK (${tokens.size + 1})`;
      tokens.set(value, name);
      return name;
    }),
  ) as Recording;
}

/** All differences between a recorded run and this one, in the order of the recording. */
export function differences(recorded: Recording, run: Recording): Difference[] {
  const found: Difference[] = [];
  walk(recorded as Json, recordable(run) as Json, '', found);
  return found;
}

function walk(a: Json | undefined, b: Json | undefined, path: string, found: Difference[]): void {
  if (isObject(a) && isObject(b)) {
    const [left, right] = [a as Record<string, Json>, b as Record<string, Json>];
    const inArray = Array.isArray(a);
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const at = inArray ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      walk(left[key], right[key], at, found);
    }
    if (inArray === Array.isArray(b)) return;
  }
  if (a !== b) found.push({ path, recorded: a, now: b });
}

const isObject = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;
