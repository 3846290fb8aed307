/** CreateTable. Unless the world says otherwise the table is ready at once; the answer says CREATING, as AWS's does. */
import {
  definitionsProblem,
  duplicateNameProblem,
  globalIndexesProblem,
  type IndexInput,
  keySchemaProblem,
  localIndexesProblem,
  NO_RANGE_KEY,
  projectedAttributesProblem,
  undefinedProblem,
} from '../items/index-rules.ts';
import {
  encryption,
  encryptionProblem,
  newStreamProblem,
  type SSESpecification,
  without,
} from '../items/table-rules.ts';
import { type Tag, withTags } from '../items/tags.ts';
import {
  onDemandProblem,
  outOfBoundsProblem,
  requireWithinQuota,
  warmProblem,
  warmThroughput,
} from '../items/throughput-rules.ts';
import { resourceInUse } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import type { Shape } from '../request/shape.ts';
import * as shapes from '../request/table-shapes.ts';
import { parseTableArn, tableArn } from '../storage/arn.ts';
import {
  type AttributeDefinition,
  type BillingMode,
  type GlobalIndexDescription,
  type IndexDescription,
  type KeySchemaElement,
  keySchema,
  newIndex,
  type OnDemandThroughput,
  type StreamSpecification,
  type TableDescription,
  type Throughput,
  type WarmThroughput,
} from '../storage/description.ts';
import { beginTablePhase } from '../storage/lifecycle.ts';
import { newTree, Table } from '../storage/table.ts';
import { openStream } from '../streams/stream.ts';
import {
  describeVectorIndex,
  type VectorIndexInput,
  vectorIndexesShape,
} from '../vectors/description.ts';
import { newVectorIndex } from '../vectors/index.ts';
import { searchKeys, vectorIndexesProblem } from '../vectors/rules.ts';
import { describe, throughput, withStream } from './describe.ts';
import { type Context, operation } from './operation.ts';

interface Input {
  TableName: string;
  AttributeDefinitions: AttributeDefinition[];
  KeySchema: KeySchemaElement[];
  BillingMode?: BillingMode;
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput?: WarmThroughput;
  LocalSecondaryIndexes?: IndexInput[];
  GlobalSecondaryIndexes?: IndexInput[];
  VectorIndexes?: VectorIndexInput[];
  StreamSpecification?: StreamSpecification;
  SSESpecification?: SSESpecification;
  TableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  DeletionProtectionEnabled?: boolean;
  Tags?: Tag[];
}

const INVALID = 'One or more parameter values were invalid: ';

/** Only new tables' names must have three characters. */
export const newTableName: Shape = { ...existingTable, lengthGreaterThanOrEqual: 3 };

const members = {
  AttributeDefinitions: { ...shapes.attributeDefinitions, notNull: true },
  TableName: newTableName,
  BillingMode: shapes.billingMode,
  ProvisionedThroughput: shapes.provisionedThroughput,
  KeySchema: shapes.tableKeySchema,
  GlobalSecondaryIndexes: shapes.globalIndexes,
  LocalSecondaryIndexes: shapes.localIndexes,
  ...shapes.laterTypes,
  Tags: shapes.tags,
  VectorIndexes: vectorIndexesShape,
};

/** Parameters that this engine does not have. */
const absent = ['ResourcePolicy', 'GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode'];

function checkThroughput(input: Input): string | undefined {
  const { BillingMode: billing = 'PROVISIONED', ProvisionedThroughput: provisioned } = input;
  if (billing === 'PAY_PER_REQUEST' && provisioned) {
    return `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`;
  }
  if (billing === 'PROVISIONED' && !provisioned) {
    return `${INVALID}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`;
  }
  return (
    outOfBoundsProblem(provisioned) ??
    onDemandProblem(input.OnDemandThroughput, billing) ??
    warmProblem(input.WarmThroughput, billing, provisioned)
  );
}

/**
 * Definitions are compared with the keys before indexes are looked at one by one: first whether every key is defined,
 * then whether every definition is used.
 */
function checkKeys(input: Input): string | undefined {
  const { AttributeDefinitions: definitions, KeySchema: keys } = input;
  const { LocalSecondaryIndexes: local, GlobalSecondaryIndexes: global } = input;
  if (keys.length > definitions.length) {
    return 'Invalid KeySchema: Some index key attribute have no definition';
  }
  const problem = keySchemaProblem(keys, definitions);
  if (problem) return problem;
  if (local?.length === 0) return `${INVALID}List of LocalSecondaryIndexes is empty`;
  if (global?.length === 0) return `${INVALID}List of GlobalSecondaryIndexes is empty`;
  const indexes = [...(local ?? []), ...(global ?? [])];
  const { VectorIndexes: vectors, BillingMode: billing } = input;
  return (
    vectorIndexesProblem(vectors, definitions, billing, indexes) ??
    (local && keys.length < 2 ? NO_RANGE_KEY : undefined) ??
    firstProblem(indexes, ({ KeySchema }) => undefinedProblem(KeySchema, definitions)) ??
    definitionsProblem(definitions, keys, [...indexes, ...searchKeys(vectors)]) ??
    (local && localIndexesProblem(local, keys, definitions)) ??
    (global && globalIndexesProblem(global, definitions, input.BillingMode ?? 'PROVISIONED')) ??
    duplicateNameProblem(indexes) ??
    projectedAttributesProblem(indexes)
  );
}

function firstProblem<Part>(
  parts: readonly Part[],
  problemOf: (part: Part) => string | undefined,
): string | undefined {
  for (const part of parts) {
    const problem = problemOf(part);
    if (problem) return problem;
  }
  return undefined;
}

function checkRest(input: Input): string | undefined {
  return newStreamProblem(input.StreamSpecification) ?? encryptionProblem(input.SSESpecification);
}

export const createTable = without(
  absent,
  operation(
    inputReader<Input>(members, checkThroughput, checkKeys, checkRest),
    (input, context) => {
      const { store, region, now } = context;
      const tags = withTags(new Map(), input.Tags ?? []);
      for (const one of [input, ...(input.GlobalSecondaryIndexes ?? [])]) {
        requireWithinQuota(one.ProvisionedThroughput, region);
      }
      const name = parseTableArn(input.TableName)?.name ?? input.TableName;
      requireFree(name, context);
      const table = newTable({ ...input, TableName: name }, context);
      table.tags = tags;
      const { tableCreation = 0 } = context.world?.settings ?? {};
      beginTablePhase(table, { status: 'CREATING', until: now() + tableCreation });
      openStream(table, context);
      store.add(table);
      const TableDescription = describe(table);
      store.endPhases(now());
      return { TableDescription };
    },
  ),
);

/** Throws ResourceInUseException when there is a table of that name, or is being made one. */
function requireFree(name: string, { store }: Context): void {
  const table = store.find(name);
  if (table === undefined) return;
  throw resourceInUse(
    table.lifecycle?.table?.restore
      ? `Table is being used: ${name}`
      : `Table already exists: ${name}`,
  );
}

function newTable(input: Input, context: Context): Table {
  const description = withStream(describeNew(input, context), input.StreamSpecification, context);
  const indexes = [
    ...(input.LocalSecondaryIndexes ?? []).map((index) => newIndex(index, false, input)),
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => newIndex(index, true, input)),
  ];
  const keys = keySchema(input.KeySchema, input.AttributeDefinitions);
  const table = new Table(description, keys, indexes, newTree(), 0);
  table.vectors = input.VectorIndexes?.map((index) => newVectorIndex(index, input));
  return table;
}

function describeNew(input: Input, { now, random, region }: Context): TableDescription {
  const arn = tableArn(input.TableName, region);
  const sse = encryption(input.SSESpecification, region);
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST';
  return {
    TableName: input.TableName,
    TableArn: arn,
    TableId: randomId(random),
    CreationDateTime: now() / 1000,
    AttributeDefinitions: input.AttributeDefinitions,
    KeySchema: input.KeySchema,
    ProvisionedThroughput: throughput(input.ProvisionedThroughput),
    WarmThroughput: warmThroughput(input.ProvisionedThroughput, input.WarmThroughput),
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? false,
    ...(onDemand && {
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: now() / 1000,
      },
    }),
    ...(hasUnits(input.OnDemandThroughput) && { OnDemandThroughput: input.OnDemandThroughput }),
    ...(input.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: input.LocalSecondaryIndexes.map((index) => describeLocal(index, arn)),
    }),
    ...(input.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map((index) =>
        describeGlobal(index, arn),
      ),
    }),
    ...(input.VectorIndexes && {
      VectorIndexes: input.VectorIndexes.map((index) => describeVectorIndex(index, arn)),
    }),
    ...(sse && { SSEDescription: sse }),
    ...(input.TableClass && { TableClassSummary: { TableClass: input.TableClass } }),
  };
}

function describeLocal({ IndexName, KeySchema, Projection }: IndexInput, arn: string) {
  const { NonKeyAttributes, ...rest } = Projection;
  const sorted = NonKeyAttributes && { NonKeyAttributes: [...NonKeyAttributes].sort() };
  return {
    IndexName,
    KeySchema,
    Projection: { ...rest, ...sorted },
    IndexArn: `${arn}/index/${IndexName}`,
  } satisfies IndexDescription;
}

/** The description of a new global index. */
export function describeGlobal(index: IndexInput, arn: string): GlobalIndexDescription {
  return {
    ...describeLocal(index, arn),
    ProvisionedThroughput: throughput(index.ProvisionedThroughput),
    WarmThroughput: warmThroughput(index.ProvisionedThroughput, index.WarmThroughput),
    ...(hasUnits(index.OnDemandThroughput) && { OnDemandThroughput: index.OnDemandThroughput }),
  };
}

/** An empty structure says nothing. */
function hasUnits(ceiling: OnDemandThroughput | undefined): ceiling is OnDemandThroughput {
  return Object.values(ceiling ?? {}).some((units) => units !== -1);
}

/** A version 4 UUID from the engine's source of chance. */
export function randomId(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () =>
    Math.floor(random() * 16).toString(16),
  );
}
