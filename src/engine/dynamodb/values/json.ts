/** Copies of JSON values. */
import type { Json } from '../../lab/result.ts';

/** A copy that shares nothing with the original, as if it had been printed and parsed. */
export function copyJson<Value extends Json>(value: Value): Value;
export function copyJson(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((element) => copyJson(element));
  const copy: { [key: string]: Json } = {};
  for (const key in value) {
    const member = copyJson(value[key] as Json);
    // Assigned, this one name would set the copy's prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { ...OWN, value: member });
    else copy[key] = member;
  }
  return copy;
}

const OWN = { configurable: true, enumerable: true, writable: true };
