/** Values that checks compare: as text, as plain JSON, whatever their order. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Json } from './result.ts';

/** A value as a reader of an exercise sees it: text and numbers plain, rows one a line. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return 'nothing';
  return value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
}

/** An order of values that does not depend on the one they came in. */
export const inOrder = (values: unknown[]) =>
  values
    .map((value) => JSON.stringify(sorted(value)))
    .sort()
    .map((text) => JSON.parse(text) as unknown);

/** A value of lab.yaml as psql prints it. */
export const asText = (value: string | number | boolean | null) =>
  typeof value === 'boolean' ? (value ? 't' : 'f') : value === null ? null : String(value);

/** An item as plain JSON values: sets as sorted lists, numbers beyond a double as text. */
export function plain(wire: Json): Json {
  return JSON.parse(
    JSON.stringify(
      unmarshall(wire as unknown as Parameters<typeof unmarshall>[0], { wrapNumbers: toNumber }),
      (_key, value: unknown) => (value instanceof Set ? [...value].sort() : value),
    ),
  ) as Json;
}

const toNumber = (text: string): number | string => {
  const number = Number(text);
  return String(number) === text ? number : text;
};

/** Equality of JSON values, whatever the order of an object's keys. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
