/** UpdateTable's VectorIndexUpdates: one index made or deleted. */
import { limitExceeded, resourceNotFound, validationError } from '../request/errors.ts';
import type { AttributeDefinition, TableDescription } from '../storage/description.ts';
import type { Table } from '../storage/table.ts';
import {
  describeVectorIndex,
  type VectorIndexInput,
  type VectorIndexUpdate,
} from './description.ts';
import { fillVectors, newVectorIndex } from './index.ts';
import { MAX_VECTOR_INDEXES, ON_DEMAND_ONLY, vectorIndexProblem } from './rules.ts';

const INVALID = 'One or more parameter values were invalid: ';

/** What is wrong with the updates by themselves. */
export function vectorUpdatesProblem(
  updates: readonly VectorIndexUpdate[] = [],
): string | undefined {
  for (const { Create, Delete } of updates) {
    if (Create && Delete) {
      return `${INVALID}Only one vector index action is allowed per VectorIndexUpdate object`;
    }
    if (!Create && !Delete) {
      return `${INVALID}One of VectorIndexUpdate.Create, VectorIndexUpdate.Delete must not be null`;
    }
  }
  return undefined;
}

/** A table with vector indexes stays on demand, also when the same request would delete the last of them. */
export function requireOnDemand(table: Table): void {
  if (table.vectors === undefined) return;
  throw validationError(`${INVALID}Tables with vector indexes must be in PAY_PER_REQUEST mode`);
}

/** Refuses a new global index that has a vector index's name, or a vector attribute as a key. */
export function refuseClash(
  {
    IndexName,
    KeySchema,
  }: { IndexName: string; KeySchema: Array<{ AttributeName: string; KeyType: string }> },
  definitions: readonly AttributeDefinition[],
  { vectors = [] }: Table,
): void {
  if (vectors.some(({ name }) => name === IndexName)) throw alreadyExists();
  for (const { AttributeName: name, KeyType } of KeySchema) {
    const index = vectors.find(({ attribute }) => attribute === name);
    if (index === undefined) continue;
    const type = definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    throw redefined(vectorSchema(name, index.dimensions), keySchema(name, type, KeyType));
  }
}

/**
 * The description after the update, and the indexes of the table with it. The table itself is not changed, except
 * that the entries of a new index are made from its items.
 * Source: DynamoDB Developer Guide, "Creating and searching vector indexes".
 */
export function updateVectors(
  { Create, Delete }: VectorIndexUpdate,
  table: Table,
  description: TableDescription,
  definitions: readonly AttributeDefinition[] = [],
): { description: TableDescription; vectors: Table['vectors'] } {
  return Create
    ? withVectorIndex(Create, table, description, definitions)
    : withoutVectorIndex(Delete?.IndexName ?? '', table, description);
}

function withVectorIndex(
  create: VectorIndexInput,
  table: Table,
  given: TableDescription,
  definitions: readonly AttributeDefinition[],
): { description: TableDescription; vectors: Table['vectors'] } {
  if (given.BillingModeSummary?.BillingMode !== 'PAY_PER_REQUEST') {
    throw validationError(ON_DEMAND_ONLY);
  }
  const vectors = table.vectors ?? [];
  const { IndexName, VectorAttribute, Dimensions } = create;
  if (table.index(IndexName) || vectors.some(({ name }) => name === IndexName)) {
    throw alreadyExists();
  }
  const problem = vectorIndexProblem(create, definitions);
  if (problem) throw validationError(problem);
  if (vectors.length >= MAX_VECTOR_INDEXES) {
    throw limitExceeded(
      `Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of ${MAX_VECTOR_INDEXES}`,
    );
  }
  requireSameAttribute(VectorAttribute.AttributeName, Dimensions, table);
  const description: TableDescription = {
    ...given,
    AttributeDefinitions: merge(given.AttributeDefinitions, definitions),
    VectorIndexes: [...(given.VectorIndexes ?? []), describeVectorIndex(create, given.TableArn)],
  };
  const index = newVectorIndex(create, description);
  fillVectors(index, table.items.values(), table.keys);
  return { description, vectors: [...vectors, index] };
}

/** An attribute that is a vector of one index cannot be a key, nor a vector of another length, elsewhere. */
function requireSameAttribute(name: string, dimensions: number, table: Table): void {
  const wanted = vectorSchema(name, dimensions);
  const other = table.vectors?.find((index) => index.attribute === name);
  if (other && other.dimensions !== dimensions) {
    throw redefined(vectorSchema(name, other.dimensions), wanted);
  }
  for (const { keys } of [table, ...table.indexes]) {
    const [partition, sort] = [keys.partition, keys.sort].map((part) =>
      part.find((attribute) => attribute.name === name),
    );
    const key = partition ?? sort;
    if (key === undefined) continue;
    throw redefined(keySchema(name, key.type, partition ? 'HASH' : 'RANGE'), wanted);
  }
}

function withoutVectorIndex(
  name: string,
  table: Table,
  given: TableDescription,
): { description: TableDescription; vectors: Table['vectors'] } {
  const rest = table.vectors?.filter((index) => index.name !== name) ?? [];
  if (rest.length === (table.vectors?.length ?? 0)) {
    throw resourceNotFound(`Requested resource not found: Index ${name} for table ${table.name}`);
  }
  const { VectorIndexes = [], ...description } = given;
  return rest.length === 0
    ? { description, vectors: undefined }
    : {
        description: {
          ...description,
          VectorIndexes: VectorIndexes.filter(({ IndexName }) => IndexName !== name),
        },
        vectors: rest,
      };
}

function merge(
  current: readonly AttributeDefinition[],
  given: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const names = new Set(current.map(({ AttributeName }) => AttributeName));
  return [...current, ...given.filter(({ AttributeName }) => !names.has(AttributeName))];
}

function alreadyExists() {
  return validationError('Attempting to create an index which already exists');
}

function redefined(existing: string, wanted: string) {
  return validationError(
    `${INVALID}Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: ${existing} New schema: ${wanted}`,
  );
}

function vectorSchema(name: string, dimensions: number): string {
  return `VectorIndexSchema:[VectorAttribute: key{${name}:L:${dimensions}}]`;
}

function keySchema(name: string, type: string | undefined, keyType: string): string {
  return `Schema:[SchemaElement: key{${name}:${type}:${keyType}}]`;
}
