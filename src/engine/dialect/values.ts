/** Values of options as trees in which every part knows its place, and their way to a request. */

import { didYouMean } from '../lab/nearest.ts';
import type { Json } from '../lab/result.ts';
import type { SdkShapes, ShapeType } from '../lab/sdk-shapes.ts';
import { DialectError } from './source.ts';

/** A value as it was written; `at` is its offset in the source. */
export type Value =
  | { kind: 'scalar'; at: number; value: string | number | boolean | null }
  | { kind: 'list'; at: number; items: Value[] }
  | { kind: 'map'; at: number; entries: Array<{ key: string; at: number; value: Value }> };

/** What a value is read against. */
interface Against {
  shapes: SdkShapes;
  source: string;
  /** Shorthand has no types: a scalar becomes what the parameter holds. */
  shorthand: boolean;
}

const PLAIN: Record<string, string> = {
  '': 'string',
  binary: 'string',
  number: 'number',
  boolean: 'boolean',
};
const WORDS: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
};

/**
 * A value as JSON of the request, checked as the AWS CLI checks it before it sends anything: names of
 * members, what a structure requires, and types.
 * @throws {DialectError} a `UsageError` at the part that is wrong, with the nearest name.
 */
export function toRequest(value: Value, type: ShapeType, path: string, against: Against): Json {
  const complain = (message: string, at = value.at) =>
    new DialectError('UsageError', message, against.source, at);
  if (type.startsWith('[')) {
    const { shorthand } = against;
    if (value.kind !== 'list' && !shorthand) throw complain(`${path} must be a list: [...].`);
    const items = value.kind === 'list' ? value.items : [value];
    return items.map((item, n) => toRequest(item, type.slice(1), `${path}[${n}]`, against));
  }
  const plain = PLAIN[type];
  if (plain !== undefined) {
    if (value.kind === 'scalar') {
      const found = against.shorthand ? typed(value.value, plain) : value.value;
      if (typeof found === plain) return found;
    }
    const example = plain === 'string' && value.kind === 'scalar' ? `: "${value.value}"` : '';
    throw complain(`${path} must be ${WORDS[plain]}${example}.`);
  }
  if (value.kind !== 'map') throw complain(`${path} must be an object: {...}.`);
  const result: { [name: string]: Json } = {};
  if (type.startsWith('{')) {
    for (const entry of value.entries) {
      const at = `${path}.${entry.key}`;
      result[entry.key] = toRequest(entry.value, type.slice(1), at, against);
    }
    return result;
  }
  const [count, members] = against.shapes.structures[type] ?? [0, {}];
  const names = Object.keys(members);
  for (const entry of value.entries) {
    const member = members[entry.key];
    if (member === undefined) {
      const near = didYouMean(entry.key, names) || `: it has ${names.join(', ')}.`;
      throw complain(`${path || 'The request'} has no member ${entry.key}${near}`, entry.at);
    }
    const at = path === '' ? entry.key : `${path}.${entry.key}`;
    result[entry.key] = toRequest(entry.value, member, at, against);
  }
  const missing = names.slice(0, count).find((name) => !(name in result));
  if (missing !== undefined && path !== '') throw complain(`${path} needs ${missing}.`);
  return result;
}

function typed(value: string | number | boolean | null, plain: string) {
  if (plain === 'boolean' && /^(true|false)$/i.test(String(value))) {
    return String(value).toLowerCase() === 'true';
  }
  if (plain === 'number' && /^-?\d+(\.\d+)?$/.test(String(value))) return Number(value);
  return value;
}
