/** Keys of the sorted maps: texts that `<` orders as DynamoDB orders items. */
import type { AttributeValue, Item } from '../values/attribute.ts';
import { base64Bytes, base64ToBinary, utf8Bytes, utf8ToBinary } from '../values/bytes.ts';
import { decimalOf, orderedNumber } from '../values/number.ts';
import { md5Prefix } from './md5.ts';

/** The types that a key attribute may have. */
export type KeyType = 'S' | 'N' | 'B';

/** One attribute of a key. */
export interface KeyAttribute {
  name: string;
  type: KeyType;
}

/** A key: what decides the partition, and the order within it. */
export interface KeySchema {
  partition: KeyAttribute[];
  sort: KeyAttribute[];
}

/** Comes after every key that begins with the text before it. */
export const AFTER_ALL = '\uffff';

/** Source: DynamoDB Developer Guide, "Quotas", partition keys and sort keys. */
export const MAX_PARTITION_KEY_BYTES = 2048;
export const MAX_SORT_KEY_BYTES = 1024;

/** Bytes of a key's value; numbers are never too large. */
export function keyBytes({ S, B }: AttributeValue): number {
  return S !== undefined ? utf8Bytes(S) : B !== undefined ? base64Bytes(B) : 0;
}

/** Whether values that have the key's types can be its values: they must be neither empty nor too large. */
export function fitsKey(item: Item, { partition, sort }: KeySchema): boolean {
  const fits = ({ name }: KeyAttribute, most: number) => {
    const value = item[name] ?? {};
    return value.S !== '' && value.B !== '' && keyBytes(value) <= most;
  };
  return (
    partition.every((attribute) => fits(attribute, MAX_PARTITION_KEY_BYTES)) &&
    sort.every((attribute) => fits(attribute, MAX_SORT_KEY_BYTES))
  );
}

/** The names of a key's attributes, partition first. */
export function keyNames(schema: KeySchema): string[] {
  return [...schema.partition, ...schema.sort].map((attribute) => attribute.name);
}

/** The key of an item that holds all of the key's attributes. */
export function encodeKey(item: Item, schema: KeySchema): string {
  let key = encodePartition(
    schema.partition.map((attribute) => item[attribute.name] as AttributeValue),
    schema.partition,
  );
  for (const { name, type } of schema.sort) key += encodePart(item[name] as AttributeValue, type);
  return key;
}

/**
 * What all keys of one partition begin with: a hash that spreads partitions, as DynamoDB's does, then the values.
 * The hash is the one that dynalite's author found to give DynamoDB's own order of a Scan.
 */
export function encodePartition(
  values: readonly AttributeValue[],
  attributes: readonly KeyAttribute[],
): string {
  let hashed = 'Outliers';
  let parts = '';
  for (const [index, { type }] of attributes.entries()) {
    const value = values[index] as AttributeValue;
    hashed += hashedBytes(value, type);
    parts += encodePart(value, type);
  }
  return md5Prefix(hashed) + parts;
}

/** The part of a key that encodePartition has made: what all keys of its partition begin with. */
export function partitionPart(key: string, { partition }: KeySchema): string {
  let end = 0;
  for (let part = 0; part < partition.length; part++) {
    // A zero byte inside a value is followed by 255.
    do end = key.indexOf('\0', end) + 1;
    while (key[end] === '\u00ff');
  }
  return key.slice(0, end);
}

/**
 * What orders the entries of an index whose keys are equal, and tells them apart: a hash of the item's whole key,
 * then its values. The order is that which dynalite's author found in DynamoDB.
 */
export function encodeTie(item: Item, schema: KeySchema): string {
  let hashed = 'Outliers';
  let parts = '';
  for (const attributes of [schema.partition, schema.sort]) {
    for (const { name, type } of attributes) {
      const value = item[name] as AttributeValue;
      hashed += hashedBytes(value, type);
      parts += encodePart(value, type);
    }
  }
  return md5Prefix(hashed) + parts;
}

/** One key value, ended so that no other value's text can begin with it and go on. */
export function encodePart(value: AttributeValue, type: KeyType): string {
  return `${encodePrefix(value, type)}\0`;
}

/** One key value without its end: the beginning of every value that begins with it. */
export function encodePrefix(value: AttributeValue, type: KeyType): string {
  if (type === 'N') return `N${orderedNumber(value.N as string)}`;
  const bytes = type === 'S' ? utf8ToBinary(value.S as string) : base64ToBinary(value.B as string);
  // A zero byte ends a value; inside one it is followed by 255, which no next value begins with.
  return type + (bytes.includes('\0') ? bytes.replaceAll('\0', '\0\u00ff') : bytes);
}

/** The bytes that DynamoDB hashes: text and binary as they are, numbers in pairs of digits. */
function hashedBytes(value: AttributeValue, type: KeyType): string {
  if (type === 'S') return utf8ToBinary(value.S as string);
  return type === 'B' ? base64ToBinary(value.B as string) : numberBytes(value.N as string);
}

/** A number as an exponent of 100 and base-100 digits, which order bytewise; negative ones complemented. */
function numberBytes(text: string): string {
  const { negative, digits, exponent } = decimalOf(text);
  if (digits === '') return '\u0080';
  const places = exponent + 1;
  const odd = Math.abs(places) % 2;
  const padded = (odd ? '0' : '') + digits;
  const power = (places + odd) / 2 - 64;
  const bytes = [negative ? ~power : power];
  for (let index = 0; index < padded.length; index += 2) {
    const pair = Number(padded.slice(index, index + 2).padEnd(2, '0'));
    bytes.push(negative ? 101 - pair : pair + 1);
  }
  if (negative && bytes.length < 21) bytes.push(102);
  return String.fromCharCode(...bytes.map((byte) => byte & 255));
}
