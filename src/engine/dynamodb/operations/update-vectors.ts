/** Creation and deletion of vector indexes by UpdateTable. */
import {
  limitExceeded,
  resourceInUse,
  resourceNotFound,
  validationError,
} from '../request/errors.ts';
import type {
  AttributeDefinition,
  BillingMode,
  KeySchemaElement,
  TableDescription,
} from '../storage/description.ts';
import { beginIndexPhase, beginTablePhase } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import {
  describeVectorIndex,
  type VectorIndexInput,
  type VectorIndexUpdate,
} from '../vectors/description.ts';
import { fillVectors, newVectorIndex } from '../vectors/index.ts';
import { MAX_VECTOR_INDEXES, ON_DEMAND_ONLY, vectorIndexProblem } from '../vectors/rules.ts';
import { requireDeletable } from './index-states.ts';
import type { Context } from './operation.ts';
import { beginCreation, withNeededDefinitions } from './update-indexes.ts';

const INVALID = 'One or more parameter values were invalid: ';
const IN_USE = 'Attempt to change a resource which is still in use: ';

/** What is wrong with the updates themselves. */
export function vectorUpdatesProblem(
  updates: readonly VectorIndexUpdate[] | undefined,
): string | undefined {
  if (updates?.length === 0) return `${INVALID}List of VectorIndexUpdates is empty`;
  for (const { Create, Delete } of updates ?? []) {
    if (Create && Delete) {
      return `${INVALID}Only one vector index action is allowed per VectorIndexUpdate object`;
    }
    if (!Create && !Delete) {
      return `${INVALID}One of VectorIndexUpdate.Create, VectorIndexUpdate.Delete must not be null`;
    }
  }
  return undefined;
}

/** A table with vector indexes stays on demand, also when the same request deletes the last of them. */
export function requireOnDemand({ description }: Table): void {
  if (description.VectorIndexes === undefined) return;
  throw validationError(`${INVALID}Tables with vector indexes must be in PAY_PER_REQUEST mode`);
}

/** Plans an update; what comes out makes it. Throws for what cannot be done, before anything is. */
export function planVectorUpdate(
  table: Table,
  { Create, Delete }: VectorIndexUpdate,
  definitions: readonly AttributeDefinition[] = [],
  billing: BillingMode,
  context: Context,
): () => void {
  return Create
    ? planCreation(table, Create, definitions, billing, context)
    : planDeletion(table, Delete?.IndexName ?? '', context);
}

function planCreation(
  table: Table,
  create: VectorIndexInput,
  given: readonly AttributeDefinition[],
  billing: BillingMode,
  context: Context,
): () => void {
  if (billing !== 'PAY_PER_REQUEST') throw validationError(ON_DEMAND_ONLY);
  const { VectorIndexes: indexes = [] } = table.description;
  const { IndexName: name } = create;
  if (table.index(name) || indexes.some(({ IndexName }) => IndexName === name)) {
    if (table.lifecycle?.indexes.get(name)?.status !== 'CREATING') throw alreadyExists();
    // Two spaces, as DynamoDB sends them.
    throw resourceInUse(`${IN_USE}Index is being created.  Table: ${table.name} Index: ${name}`);
  }
  const problem = vectorIndexProblem(create, given);
  if (problem) throw validationError(problem);
  if (indexes.length >= MAX_VECTOR_INDEXES) {
    throw limitExceeded(
      `Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of ${MAX_VECTOR_INDEXES}`,
    );
  }
  requireSameAttribute(create, table.description);
  return () => {
    const { description } = table;
    const { AttributeDefinitions: current } = description;
    const added = given.filter(
      (one) =>
        !current.some(({ AttributeName }) => AttributeName === one.AttributeName) &&
        create.SearchSchema?.some(({ AttributeName }) => AttributeName === one.AttributeName),
    );
    table.description = {
      ...description,
      AttributeDefinitions: [...current, ...added],
      VectorIndexes: [
        ...(description.VectorIndexes ?? []),
        describeVectorIndex(create, description.TableArn),
      ],
    };
    const index = newVectorIndex(create, table.description);
    fillVectors(index, table.items.values(), table.keys);
    table.setVectors([...(table.vectors ?? []), index]);
    beginCreation(table, name, context);
  };
}

/** An attribute that is a vector of one index cannot be a key elsewhere, nor a vector of another length. */
function requireSameAttribute(
  { VectorAttribute: { AttributeName: name }, Dimensions }: VectorIndexInput,
  { VectorIndexes = [], AttributeDefinitions, ...table }: TableDescription,
): void {
  const wanted = vectorSchema(name, Dimensions);
  const other = VectorIndexes.find(({ VectorAttribute }) => VectorAttribute.AttributeName === name);
  if (other && other.Dimensions !== Dimensions) {
    throw redefined(vectorSchema(name, other.Dimensions), wanted);
  }
  const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = table;
  for (const { KeySchema } of [table, ...local, ...global]) {
    const key = KeySchema.find(({ AttributeName }) => AttributeName === name);
    if (key) throw redefined(keySchema(key, AttributeDefinitions), wanted);
  }
}

/** Refuses a new global index that has a vector index's name, or a vector attribute in its key. */
export function refuseVectorClash(
  { IndexName, KeySchema }: { IndexName: string; KeySchema: readonly KeySchemaElement[] },
  definitions: readonly AttributeDefinition[],
  { VectorIndexes = [] }: TableDescription,
): void {
  for (const index of VectorIndexes) {
    if (index.IndexName === IndexName) throw alreadyExists();
    const { AttributeName: name } = index.VectorAttribute;
    const key = KeySchema.find(({ AttributeName }) => AttributeName === name);
    if (key === undefined) continue;
    throw redefined(vectorSchema(name, index.Dimensions), keySchema(key, definitions));
  }
}

function planDeletion(table: Table, name: string, { now, world }: Context): () => void {
  if (!table.description.VectorIndexes?.some(({ IndexName }) => IndexName === name)) {
    throw resourceNotFound(`Requested resource not found: Index ${name} for table ${table.name}`);
  }
  requireDeletable(table, name);
  const until = now() + (world?.settings.indexDeletion ?? 0);
  return () => {
    const left = table.vectors?.filter((index) => index.name !== name) ?? [];
    table.setVectors(left.length > 0 ? left : undefined);
    beginTablePhase(table, { status: 'UPDATING', until, reason: 'index' });
    beginIndexPhase(table, name, {
      status: 'DELETING',
      until,
      finish: ({ VectorIndexes = [], ...description }) => {
        const rest = VectorIndexes.filter(({ IndexName }) => IndexName !== name);
        return withNeededDefinitions({
          ...description,
          ...(rest.length > 0 && { VectorIndexes: rest }),
        });
      },
    });
  };
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

function keySchema(
  { AttributeName: name, KeyType }: KeySchemaElement,
  definitions: readonly AttributeDefinition[],
): string {
  const type = definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  return `Schema:[SchemaElement: key{${name}:${type}:${KeyType}}]`;
}
