/** GlobalSecondaryIndexUpdates of UpdateTable: creation and deletion of global indexes. */
import {
  globalKeySchemaProblem,
  type IndexInput,
  MAX_GLOBAL_INDEXES,
  projectedAttributesProblem,
  projectionProblem,
} from '../items/index-rules.ts';
import { onDemandProblem, requireWithinQuota, warmProblem } from '../items/throughput-rules.ts';
import { limitExceeded, validationError } from '../request/errors.ts';
import type { Shape } from '../request/shape.ts';
import * as shapes from '../request/table-shapes.ts';
import {
  type AttributeDefinition,
  type BillingMode,
  newIndex,
  type TableDescription,
} from '../storage/description.ts';
import { beginIndexPhase, beginTablePhase } from '../storage/lifecycle.ts';
import type { Table } from '../storage/table.ts';
import { describeGlobal } from './create-table.ts';
import { existingIndex, requireDeletable } from './index-states.ts';
import type { Context } from './operation.ts';
import { type IndexThroughputUpdate, planChange } from './update-index-throughput.ts';
import type { Change } from './update-throughput.ts';
import { refuseVectorClash } from './update-vectors.ts';

/** What a request does to one index. */
export interface IndexUpdate {
  Create?: IndexInput;
  Update?: IndexThroughputUpdate;
  Delete?: { IndexName: string };
}

const INVALID = 'One or more parameter values were invalid: ';

const { IndexName, KeySchema, Projection, ...throughputs } = shapes.globalIndex;

/** GlobalSecondaryIndexUpdates, its members in the order in which they are checked. */
export const indexUpdates: Shape = {
  type: 'List',
  children: {
    type: 'ValueStruct<GlobalSecondaryIndexUpdate>',
    children: {
      Update: {
        type: 'FieldStruct<UpdateGlobalSecondaryIndexAction>',
        children: { IndexName: shapes.indexName, ...throughputs },
      },
      Create: {
        type: 'FieldStruct<CreateGlobalSecondaryIndexAction>',
        children: {
          Projection: Projection as Shape,
          IndexName: IndexName as Shape,
          ...throughputs,
          KeySchema: KeySchema as Shape,
        },
      },
      Delete: {
        type: 'FieldStruct<DeleteGlobalSecondaryIndexAction>',
        children: { IndexName: shapes.indexName },
      },
    },
  },
};

/** What is wrong with the updates themselves. */
export function indexUpdatesProblem(updates: readonly IndexUpdate[]): string | undefined {
  const names = new Set<string>();
  for (const { Create, Update, Delete } of updates) {
    const actions = [Create, Update, Delete].filter((action) => action !== undefined);
    const [action] = actions;
    if (action === undefined) {
      return `${INVALID}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null`;
    }
    if (actions.length > 1) {
      return `${INVALID}Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object`;
    }
    if (names.has(action.IndexName)) {
      return `${INVALID}Only one global secondary index update per index is allowed simultaneously. Index: ${action.IndexName}`;
    }
    names.add(action.IndexName);
  }
  return undefined;
}

/** Plans all updates; what comes out makes them. Throws for what cannot be done, before anything is. */
export function planIndexUpdates(
  table: Table,
  updates: readonly IndexUpdate[],
  definitions: AttributeDefinition[] | undefined,
  billing: BillingMode,
  context: Context,
): Array<() => void> {
  return updates.map(({ Create, Update, Delete }) => {
    if (Create) return planCreation(table, Create, definitions, billing, context);
    if (Update) return planChange(table, Update, billing, context);
    return planDeletion(table, (Delete as { IndexName: string }).IndexName, context);
  });
}

/**
 * Throws LimitExceededException for a second index that is created or deleted while another is, global or vector.
 * Source: DynamoDB Developer Guide, "Managing Global Secondary Indexes in DynamoDB".
 */
export function requireOneOnlineIndex(
  table: Table,
  updates: ReadonlyArray<{ Create?: { IndexName: string }; Delete?: { IndexName: string } }>,
): void {
  const online = updates.flatMap(({ Create, Delete }) => Create ?? Delete ?? []);
  const busy = [...(table.lifecycle?.indexes ?? [])].filter(
    ([, { status }]) => status !== 'UPDATING',
  );
  const meets = online.some((action) => busy.some(([name]) => name !== action.IndexName));
  if (online.length > 1 || meets) {
    throw limitExceeded(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
}

function planCreation(
  table: Table,
  create: IndexInput,
  given: AttributeDefinition[] | undefined,
  billing: BillingMode,
  context: Context,
): () => void {
  const { IndexName: name, KeySchema: keys, ProvisionedThroughput: provisioned } = create;
  if (given === undefined) {
    throw validationError(`${INVALID}AttributeDefinitions is not specified for index: ${name}`);
  }
  const { AttributeDefinitions: current, GlobalSecondaryIndexes: globals = [] } = table.description;
  const added = given.filter(
    (one) =>
      !current.some(({ AttributeName }) => AttributeName === one.AttributeName) &&
      keys.some(({ AttributeName }) => AttributeName === one.AttributeName),
  );
  const definitions = [...current, ...added];
  const problem =
    globalKeySchemaProblem(keys, definitions) ??
    projectionProblem(create.Projection) ??
    newThroughputProblem(create, billing);
  if (problem) throw validationError(problem);
  if (table.index(name) || globals.some((index) => index.IndexName === name)) {
    throw validationError('Attempting to create an index which already exists');
  }
  refuseVectorClash(create, given, table.description);
  const { LocalSecondaryIndexes: locals = [] } = table.description;
  const tooMany = projectedAttributesProblem([...locals, ...globals, create]);
  if (tooMany) throw validationError(tooMany);
  if (globals.length >= MAX_GLOBAL_INDEXES) {
    throw limitExceeded(
      `Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of ${MAX_GLOBAL_INDEXES}`,
    );
  }
  requireWithinQuota(provisioned, context.region);
  return () => {
    const { description } = table;
    table.description = {
      ...description,
      AttributeDefinitions: definitions,
      GlobalSecondaryIndexes: [
        ...(description.GlobalSecondaryIndexes ?? []),
        describeGlobal(create, description.TableArn),
      ],
    };
    const index = newIndex(create, true, table.description);
    table.fill(index);
    table.indexes = [...table.indexes, index];
    beginCreation(table, name, context);
  };
}

/**
 * An index is created in two phases: its resources are allocated, for which the table is UPDATING, then the items are
 * read into it, for which it is ACTIVE again.
 */
export function beginCreation(table: Table, name: string, { now, world }: Context): void {
  const { indexAllocation = 0, indexBackfill = Number.POSITIVE_INFINITY } = world?.settings ?? {};
  const filling = now() + indexAllocation;
  const until = filling + Math.ceil((table.items.size / indexBackfill) * 1000);
  beginTablePhase(table, { status: 'UPDATING', until: filling, reason: 'index' });
  beginIndexPhase(table, name, {
    status: 'CREATING',
    until: filling,
    backfilling: false,
    next: { status: 'CREATING', until, backfilling: true },
  });
}

function newThroughputProblem(create: IndexInput, billing: BillingMode): string | undefined {
  const { IndexName: name, ProvisionedThroughput: provisioned } = create;
  if (billing === 'PROVISIONED' && !provisioned) {
    return `${INVALID}Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`;
  }
  if (billing === 'PAY_PER_REQUEST' && provisioned) {
    return `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`;
  }
  return (
    onDemandProblem(create.OnDemandThroughput, billing, name) ??
    warmProblem(create.WarmThroughput, billing, provisioned, name)
  );
}

function planDeletion(table: Table, name: string, { now, world }: Context): () => void {
  existingIndex(table, name, 'delete');
  requireDeletable(table, name);
  const until = now() + (world?.settings.indexDeletion ?? 0);
  return () => {
    table.indexes = table.indexes.filter((index) => index.name !== name);
    beginTablePhase(table, { status: 'UPDATING', until, reason: 'index' });
    beginIndexPhase(table, name, { status: 'DELETING', until, finish: withoutIndex(name) });
  };
}

function withoutIndex(name: string): Change {
  return ({ GlobalSecondaryIndexes = [], ...description }): TableDescription => {
    const left = GlobalSecondaryIndexes.filter((index) => index.IndexName !== name);
    return withNeededDefinitions({
      ...description,
      ...(left.length > 0 && { GlobalSecondaryIndexes: left }),
    });
  };
}

/** Without the attribute definitions that no key or search schema needs any more: they go with an index. */
export function withNeededDefinitions(description: TableDescription): TableDescription {
  const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = description;
  const schemas = [
    ...[description, ...local, ...global].map(({ KeySchema }) => KeySchema),
    ...(description.VectorIndexes ?? []).map(({ SearchSchema = [] }) => SearchSchema),
  ];
  const used = new Set(schemas.flat().map(({ AttributeName }) => AttributeName));
  const AttributeDefinitions = description.AttributeDefinitions.filter(({ AttributeName }) =>
    used.has(AttributeName),
  );
  return { ...description, AttributeDefinitions };
}
