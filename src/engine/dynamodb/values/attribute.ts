/** Attribute values as DynamoDB JSON carries them, and what can be asked of a single one. */
import { base64Bytes, base64ToBinary, utf8Bytes } from './bytes.ts';
import { numberBytes } from './number.ts';

/** The ten type names of an attribute value. */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** One value: exactly one of the members is set, the request layer sees to it. Numbers are canonical decimals. */
export interface AttributeValue {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: AttributeValue[];
  M?: Item;
}

/** An item, or the value of a map. Stored items are never changed in place: every write makes a new one. */
export interface Item {
  [attribute: string]: AttributeValue;
}

/** A document path: attribute and map names as strings, list positions as numbers. */
export type Path = Array<string | number>;

/** The type of a value. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError('an attribute value without a type reached the engine');
}

/**
 * An object without inherited names, so that `constructor` and `__proto__` are attributes like any other. A bare
 * `Object.create(null)` would do too, but engines keep those as hash tables, which are slower to copy and to print.
 */
const Bag = function Bag() {} as unknown as { new (): Item; prototype: object };
Bag.prototype = Object.create(null) as object;

/** An empty item, or map. */
export function emptyItem(): Item {
  return new Bag();
}

/** Whether a value is an item, or map, of this engine. */
export function isItem(value: object): boolean {
  return value instanceof Bag;
}

/**
 * Size of an item in bytes: UTF-8 names and values, numbers by their digits, 3 bytes for a list or map and 1 for
 * each of its elements.
 * Source: DynamoDB Developer Guide, "DynamoDB item sizes and formats".
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += utf8Bytes(name) + valueBytes(item[name] as AttributeValue);
  return bytes;
}

/** Size of one value in bytes, without its attribute's name. */
export function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return utf8Bytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return base64Bytes(value.B);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  let bytes = 0;
  if (value.L !== undefined) {
    for (const element of value.L) bytes += 1 + valueBytes(element);
    return 3 + bytes;
  }
  if (value.SS !== undefined) for (const member of value.SS) bytes += utf8Bytes(member);
  else if (value.NS !== undefined) for (const member of value.NS) bytes += numberBytes(member);
  else if (value.BS !== undefined) for (const member of value.BS) bytes += base64Bytes(member);
  return bytes;
}

/** Whether two values are the same: sets whatever their order, lists and maps by their contents. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  switch (type) {
    case 'S':
    case 'N':
    case 'B':
    case 'BOOL':
    case 'NULL':
      return a[type] === b[type];
    case 'SS':
    case 'NS':
    case 'BS': {
      const [left, right] = [a[type] as string[], b[type] as string[]];
      if (left.length !== right.length) return false;
      const members = new Set(left);
      return right.every((member) => members.has(member));
    }
    case 'L': {
      const [left, right] = [a.L as AttributeValue[], b.L as AttributeValue[]];
      return (
        left.length === right.length &&
        left.every((element, index) => equal(element, right[index] as AttributeValue))
      );
    }
    case 'M': {
      const [left, right] = [a.M as Item, b.M as Item];
      const names = Object.keys(left);
      return (
        names.length === Object.keys(right).length &&
        names.every(
          (name) =>
            name in right && equal(left[name] as AttributeValue, right[name] as AttributeValue),
        )
      );
    }
  }
}

/** A copy that shares nothing with the original. */
function copyItem(item: Item): Item {
  const copy = emptyItem();
  for (const name in item) copy[name] = copyValue(item[name] as AttributeValue);
  return copy;
}

/** A copy of one value that shares nothing with the original. */
export function copyValue(value: AttributeValue): AttributeValue {
  if (value.M !== undefined) return { M: copyItem(value.M) };
  if (value.L !== undefined) return { L: value.L.map(copyValue) };
  if (value.SS !== undefined) return { SS: value.SS.slice() };
  if (value.NS !== undefined) return { NS: value.NS.slice() };
  if (value.BS !== undefined) return { BS: value.BS.slice() };
  return { ...value };
}

/** What `size()` gives: characters, bytes, members or elements; undefined for a type that has no size. */
export function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return value.S.length;
  if (value.B !== undefined) return base64Bytes(value.B);
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.SS ?? value.NS ?? value.BS ?? value.L)?.length;
}

/** The part of a value that `begins_with` and `contains` search: text, or bytes as a string of their codes. */
export function searchable(value: AttributeValue): string | undefined {
  if (value.S !== undefined) return value.S;
  return value.B === undefined ? undefined : base64ToBinary(value.B);
}
