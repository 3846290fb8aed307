/** A vector index: entries in a sorted map that can be cloned in constant time, as those of other indexes. */
import type BTree from 'sorted-btree';
import type { AttributeDefinition, TableDescription } from '../storage/description.ts';
import { encodeKey, encodePart, type KeyAttribute, type KeySchema } from '../storage/keys.ts';
import type { StoredItem } from '../storage/stored-item.ts';
import { newTree } from '../storage/table.ts';
import {
  type AttributeValue,
  emptyItem,
  equal,
  type Item,
  itemBytes,
} from '../values/attribute.ts';
import { utf8Bytes } from '../values/bytes.ts';
import type { DistanceFunction, VectorIndexInput } from './description.ts';
import { type Vector, vectorOf } from './vector.ts';

/** What the index keeps of one item. Never changed. */
export interface VectorEntry {
  /** The projected attributes; among them, when all are projected, the vector as the table holds it. */
  item: Item;
  vector: Vector;
  /** Size of the projected attributes, the vector at four bytes for each dimension. */
  bytes: number;
}

/** A vector index of a table. */
export interface VectorIndex {
  name: string;
  attribute: string;
  dimensions: number;
  distance: DistanceFunction;
  /** The attribute whose value every search names. */
  hash: KeyAttribute | undefined;
  /** Attributes that a search may name the value of. */
  filters: readonly KeyAttribute[];
  /** Names of all projected attributes, or all of them. */
  projected: 'ALL' | ReadonlySet<string>;
  /** By the text of the HASH attribute's value, if there is one, and the item's key. */
  tree: BTree<string, VectorEntry>;
  /** Sum of the entries' sizes. */
  bytes: number;
}

/** The change of one vector index that a write makes. */
export interface VectorChange {
  index: VectorIndex;
  before: { key: string; entry: VectorEntry } | undefined;
  after: { key: string; entry: VectorEntry } | undefined;
}

/** An empty index as a request asks for it. Its attributes must be defined in the table. */
export function newVectorIndex(
  input: VectorIndexInput,
  table: Pick<TableDescription, 'KeySchema' | 'AttributeDefinitions'>,
): VectorIndex {
  const { SearchSchema = [], Projection } = input;
  const schema = (type: string): KeyAttribute[] =>
    SearchSchema.filter((element) => element.SearchSchemaElementType === type).map(
      ({ AttributeName: name }) => ({ name, type: typeIn(table.AttributeDefinitions, name) }),
    );
  const keys = [...table.KeySchema, ...SearchSchema].map(({ AttributeName }) => AttributeName);
  return {
    name: input.IndexName,
    attribute: input.VectorAttribute.AttributeName,
    dimensions: input.Dimensions,
    distance: input.DistanceFunction,
    hash: schema('HASH')[0],
    filters: schema('INLINE_FILTER'),
    projected:
      Projection.ProjectionType === 'ALL'
        ? 'ALL'
        : new Set([...keys, ...(Projection.NonKeyAttributes ?? [])]),
    tree: newTree(),
    bytes: 0,
  };
}

function typeIn(definitions: readonly AttributeDefinition[], name: string): KeyAttribute['type'] {
  const definition = definitions.find(({ AttributeName }) => AttributeName === name);
  if (definition === undefined) throw new TypeError(`search attribute ${name} has no definition`);
  return definition.AttributeType;
}

/** An independent copy, in constant time. */
export function cloneVectorIndex(index: VectorIndex): VectorIndex {
  return { ...index, tree: index.tree.clone() };
}

/** The text that the keys of all entries with that value of the HASH attribute begin with. */
export function partitionPrefix(value: AttributeValue, { type }: KeyAttribute): string {
  return encodePart(value, type);
}

/**
 * Puts `after` in the place of `before` in every index, and says what changed where. Items without a vector that
 * fits, without the HASH attribute, or with values of other types than the search schema's, stay out.
 * Source: DynamoDB Developer Guide, "Creating and searching vector indexes", writing items with vector data.
 */
export function writeVectors(
  indexes: readonly VectorIndex[],
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  keys: KeySchema,
): VectorChange[] {
  return indexes.map((index) => {
    const change = {
      index,
      before: before && entryOf(before, index, keys),
      after: after && entryOf(after, index, keys),
    };
    apply(change);
    return change;
  });
}

/** Gives a new index its entries, from the items that there are. */
export function fillVectors(
  index: VectorIndex,
  items: Iterable<StoredItem>,
  keys: KeySchema,
): void {
  for (const stored of items) {
    apply({ index, before: undefined, after: entryOf(stored, index, keys) });
  }
}

function apply({ index, before, after }: VectorChange): void {
  if (before && before.key !== after?.key) index.tree.delete(before.key);
  if (after) index.tree.set(after.key, after.entry);
  index.bytes += (after?.entry.bytes ?? 0) - (before?.entry.bytes ?? 0);
}

function entryOf(
  stored: StoredItem,
  index: VectorIndex,
  keys: KeySchema,
): { key: string; entry: VectorEntry } | undefined {
  const { item } = stored;
  const vector = vectorOf(item[index.attribute], index.dimensions);
  if (vector === undefined) return undefined;
  for (const { name, type } of index.filters) {
    if (item[name] !== undefined && item[name][type] === undefined) return undefined;
  }
  let key = encodeKey(item, keys);
  if (index.hash !== undefined) {
    const value = item[index.hash.name];
    const text = value?.[index.hash.type];
    if (value === undefined || text === undefined || text === '') return undefined;
    key = partitionPrefix(value, index.hash) + key;
  }
  return { key, entry: project(stored, vector, index) };
}

function project(stored: StoredItem, vector: Vector, index: VectorIndex): VectorEntry {
  const { attribute, dimensions, projected } = index;
  if (projected === 'ALL') {
    return { item: stored.item, vector, bytes: stored.bytes - saved(vector) };
  }
  const item = emptyItem();
  for (const name in stored.item) {
    if (name !== attribute && projected.has(name)) item[name] = stored.item[name] as AttributeValue;
  }
  return { item, vector, bytes: itemBytes(item) + utf8Bytes(attribute) + 4 * dimensions };
}

/** Bytes by which a vector is smaller in an index than in the item. */
function saved({ listBytes, floats }: Vector): number {
  return listBytes - 4 * floats.length;
}

/**
 * Size of an item as writes of it are billed, and as DescribeTable counts it: an attribute that a vector index reads
 * is its name and four bytes for each dimension, whatever the numbers. Reads and the limit of 400 KB go by the list.
 */
export function billedBytes(
  stored: StoredItem | undefined,
  indexes: readonly VectorIndex[],
): number {
  if (stored === undefined) return 0;
  let { bytes } = stored;
  for (const [position, { attribute, dimensions }] of indexes.entries()) {
    if (indexes.findIndex((index) => index.attribute === attribute) < position) continue;
    const vector = vectorOf(stored.item[attribute], dimensions);
    if (vector !== undefined) bytes -= saved(vector);
  }
  return bytes;
}

/** Whether a write leaves what the index keeps of an item as it was. */
export function sameEntry(a: VectorEntry, b: VectorEntry, { attribute }: VectorIndex): boolean {
  if (a === b) return true;
  if (a.vector !== b.vector && !sameFloats(a.vector.floats, b.vector.floats)) return false;
  if (a.item === b.item) return true;
  for (const name in a.item) {
    if (name === attribute) continue;
    const other = b.item[name];
    if (other === undefined || !equal(a.item[name] as AttributeValue, other)) return false;
  }
  for (const name in b.item) if (name !== attribute && a.item[name] === undefined) return false;
  return true;
}

function sameFloats(a: Float32Array, b: Float32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
