/** Keys and index keys of items, against the table's schema: DynamoDB's checks and messages. */

import type { ParsedUpdate } from '../expressions/update.ts';
import { validationError } from '../request/errors.ts';
import {
  type KeyAttribute,
  type KeySchema,
  keyBytes,
  MAX_PARTITION_KEY_BYTES,
  MAX_SORT_KEY_BYTES,
} from '../storage/keys.ts';
import type { Index, Table } from '../storage/table.ts';
import { type AttributeType, type AttributeValue, type Item, typeOf } from '../values/attribute.ts';
import { checkVectors } from '../vectors/checks.ts';

/** The message about a key that is none of the table's. */
export const KEY_MISMATCH = 'The provided key element does not match the schema';

/** The whole item of a put: its key must be there, and index keys of the right type where they are. */
export function checkItem(item: Item, table: Table): void {
  for (const { name, type, partition } of attributesOf(table.keys)) {
    const value = item[name];
    if (value === undefined) {
      throw validationError(
        `One or more parameter values were invalid: Missing the key ${name} in the item`,
      );
    }
    if (value[type] === undefined) {
      throw validationError(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      );
    }
    checkNotEmpty(value, name, 'One or more parameter values are not valid.');
    checkKeySize(value, partition);
  }
  checkIndexKeys(item, table, (index, name, value, type) =>
    value[type] === undefined
      ? `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`
      : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. IndexName: ${index.name}, IndexKey: ${name}`,
  );
  if (table.vectors !== undefined) checkVectors(item, table.vectors);
}

/** The item that an update makes: index keys may have become something they cannot be. */
export function checkUpdatedItem(item: Item, table: Table): void {
  checkIndexKeys(item, table, (_index, _name, value, type) =>
    value[type] === undefined
      ? 'The update expression attempted to update the secondary index key to unsupported type'
      : `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value.`,
  );
}

function checkIndexKeys(
  item: Item,
  table: Table,
  message: (index: Index, name: string, value: AttributeValue, type: AttributeType) => string,
): void {
  for (const index of table.indexes) {
    for (const { name, type, partition } of attributesOf(index.keys)) {
      const value = item[name];
      if (value === undefined) continue;
      if (value[type] === undefined || emptyKind(value) !== undefined) {
        throw validationError(message(index, name, value, type));
      }
      checkKeySize(value, partition);
    }
  }
}

/** A key that a request names an item by: exactly the key's attributes, of their types. */
export function checkKey(key: Item, schema: KeySchema): void {
  const attributes = attributesOf(schema);
  if (Object.keys(key).length !== attributes.length) throw keyMismatch();
  for (const attribute of attributes) checkKeyAttribute(key[attribute.name], attribute);
}

/** One attribute of such a key. */
export function checkKeyAttribute(
  value: AttributeValue | undefined,
  { name, type, partition }: KeyAttribute & { partition: boolean },
): void {
  if (value?.[type] === undefined) throw keyMismatch();
  checkNotEmpty(value, name, 'One or more parameter values were invalid:');
  checkKeySize(value, partition);
}

/** What an update would change, against the table's keys, before any item is read. */
export function checkUpdate(update: ParsedUpdate, table: Table): void {
  for (const name of table.keyNames()) {
    if (update.sections.some((change) => change.path[0] === name)) {
      throw validationError(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    }
  }
  for (const index of table.indexes) {
    for (const { name, type } of attributesOf(index.keys)) {
      const change = update.sections.find(({ path }) => path.length === 1 && path[0] === name);
      if (change?.attrType !== undefined && change.attrType !== type) {
        throw validationError(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${change.attrType} IndexName: ${index.name}`,
        );
      }
    }
  }
  checkKeyPaths(update.nestedPaths, table);
}

/** Keys are scalars: a path must not look inside them. */
export function checkKeyPaths(
  nestedPaths: Record<string, boolean> | undefined,
  table: Table,
): void {
  if (nestedPaths === undefined) return;
  const refuse = (kind: string, name: string) =>
    validationError(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
    );
  for (const name of table.keyNames()) if (nestedPaths[name]) throw refuse('Key', name);
  for (const index of table.indexes) {
    for (const { name } of attributesOf(index.keys))
      if (nestedPaths[name]) throw refuse('IndexKey', name);
  }
}

/** The key's attributes, partition first. */
export function attributesOf(schema: KeySchema): Array<KeyAttribute & { partition: boolean }> {
  return [
    ...schema.partition.map((attribute) => ({ ...attribute, partition: true })),
    ...schema.sort.map((attribute) => ({ ...attribute, partition: false })),
  ];
}

function keyMismatch() {
  return validationError(KEY_MISMATCH);
}

function emptyKind(value: AttributeValue): 'string' | 'binary' | undefined {
  if (value.S === '') return 'string';
  return value.B === '' ? 'binary' : undefined;
}

function checkNotEmpty(value: AttributeValue, name: string, opening: string): void {
  const kind = emptyKind(value);
  if (kind === undefined) return;
  throw validationError(
    `${opening} The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
  );
}

function checkKeySize(value: AttributeValue, partition: boolean): void {
  const bytes = keyBytes(value);
  if (partition && bytes > MAX_PARTITION_KEY_BYTES) {
    throw validationError(
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    );
  }
  if (!partition && bytes > MAX_SORT_KEY_BYTES) {
    throw validationError(
      'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
  }
}
