/** What writes of items and reads of indexes are refused for on a table with vector indexes. */
import { validationError } from '../request/errors.ts';
import type { KeyAttribute } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import { type AttributeValue, type Item, typeOf } from '../values/attribute.ts';
import type { VectorIndex } from './index.ts';
import { vectorProblem } from './vector.ts';

const INVALID = 'One or more parameter values were invalid.';

/**
 * The whole item of a put: attributes that a vector index reads must fit it where they are there.
 * Source: DynamoDB API Reference, "PutItem", Item.
 */
export function checkVectors(item: Item, indexes: readonly VectorIndex[]): void {
  for (const index of indexes) {
    checkVector(item, index);
    for (const attribute of schemaOf(index)) {
      const value = checkType(item, attribute, index);
      const kind = attribute === index.hash && value && emptyKind(value);
      if (!kind) continue;
      throw validationError(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${index.name}, IndexKey: ${attribute.name}`,
      );
    }
  }
}

/**
 * The item that an update makes. What it leaves as it was is not looked at: an index that was made later has left out
 * items that do not fit it, and they can be updated all the same.
 */
export function checkUpdatedVectors(
  item: Item,
  before: Item | undefined,
  indexes: readonly VectorIndex[],
): void {
  for (const index of indexes) {
    if (item[index.attribute] !== before?.[index.attribute]) checkVector(item, index);
    for (const attribute of schemaOf(index)) {
      if (item[attribute.name] === before?.[attribute.name]) continue;
      const value = checkType(item, attribute, index);
      const kind = attribute === index.hash && value && emptyKind(value);
      if (!kind) continue;
      throw validationError(
        `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind} value.`,
      );
    }
  }
}

function checkVector(item: Item, { attribute, dimensions, name }: VectorIndex): void {
  const value = item[attribute];
  const problem = value && vectorProblem(attribute, value, dimensions);
  if (problem) throw validationError(`${INVALID} ${problem} IndexName: ${name}`);
}

function checkType(
  item: Item,
  { name, type }: KeyAttribute,
  index: VectorIndex,
): AttributeValue | undefined {
  const value = item[name];
  if (value !== undefined && value[type] === undefined) {
    throw validationError(
      `${INVALID} Attribute '${name}' type mismatch. Expected: ${type}, Actual: ${typeOf(value)}. IndexName: ${index.name}`,
    );
  }
  return value;
}

function schemaOf({ hash, filters }: VectorIndex): readonly KeyAttribute[] {
  return hash === undefined ? filters : [hash, ...filters];
}

/** Which kind of empty value this is, if it is one. */
export function emptyKind({ S, B }: AttributeValue): 'string' | 'binary' | undefined {
  return S === '' ? 'string' : B === '' ? 'binary' : undefined;
}

/**
 * Refuses a Query or Scan of a vector index; only SearchVectors reads those. A Query with ConsistentRead is refused
 * for that first, as one of a global index.
 */
export function refuseVectorRead(
  operation: 'Query' | 'Scan',
  { IndexName, ConsistentRead }: { IndexName?: string; ConsistentRead?: boolean },
  table: Table,
): void {
  if (!table.vectors?.some(({ name }) => name === IndexName)) return;
  if (operation === 'Query' && ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  // One of DynamoDB's two sentences ends with a full stop, the other does not.
  throw validationError(
    `${operation} operation not supported on this index type${operation === 'Query' ? '.' : ''}`,
  );
}
