/** UpdateTable: throughput, billing mode, global indexes, stream, table class, protection. All is done at once. */
import { types } from 'dynalite/validations/updateTable.js';
import { type IndexInput, indexProblem, throughputProblem } from '../items/index-rules.ts';
import { limitExceeded, resourceNotFound, validationError } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import {
  type AttributeDefinition,
  type GlobalIndexDescription,
  newIndex,
  type StreamSpecification,
  type TableDescription,
  type Throughput,
  type ThroughputDescription,
} from '../storage/description.ts';
import type { Table } from '../storage/table.ts';
import { closeStream, openStream, streamProblem } from '../streams/stream.ts';
import { laterTypes } from './create-table.ts';
import { describe, throughput, withStream } from './describe.ts';
import { type Context, operation } from './operation.ts';

interface IndexUpdate {
  Create?: IndexInput;
  Update?: { IndexName: string; ProvisionedThroughput: Throughput };
  Delete?: { IndexName: string };
}

interface Input {
  TableName: string;
  AttributeDefinitions?: AttributeDefinition[];
  BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  ProvisionedThroughput?: Throughput;
  GlobalSecondaryIndexUpdates?: IndexUpdate[];
  StreamSpecification?: StreamSpecification;
  SSESpecification?: object;
  TableClass?: string;
  DeletionProtectionEnabled?: boolean;
}

const INVALID = 'One or more parameter values were invalid: ';

const shapes: Shapes = {
  ...types,
  ...laterTypes,
  TableName: existingTable,
  AttributeDefinitions: {
    type: 'List',
    children: {
      type: 'ValueStruct<AttributeDefinition>',
      children: {
        AttributeName: { type: 'String', notNull: true },
        AttributeType: { type: 'String', notNull: true, enum: ['B', 'N', 'S'] },
      },
    },
  },
  GlobalSecondaryIndexUpdates: withOptionalThroughput(types.GlobalSecondaryIndexUpdates as Shape),
};

/** On-demand tables have indexes without throughput; dynalite demands it of all that are created. */
function withOptionalThroughput(updates: Shape): Shape {
  const element = updates.children as Shape;
  const actions = element.children as Record<string, Shape>;
  const create = actions.Create as Shape;
  const members = create.children as Record<string, Shape>;
  const { notNull: _, ...optional } = members.ProvisionedThroughput as Shape;
  const children = { ...members, ProvisionedThroughput: optional };
  return {
    ...updates,
    children: { ...element, children: { ...actions, Create: { ...create, children } } },
  };
}

function checkInput(input: Input): string | undefined {
  const { TableName: _, AttributeDefinitions: __, ...changes } = input;
  if (Object.keys(changes).length === 0 || input.GlobalSecondaryIndexUpdates?.length === 0) {
    return 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required';
  }
  if (input.BillingMode === 'PROVISIONED' && !input.ProvisionedThroughput) {
    return `${INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`;
  }
  for (const { Create, Update, Delete } of input.GlobalSecondaryIndexUpdates ?? []) {
    if (!Create && !Update && !Delete) {
      return `${INVALID}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null`;
    }
  }
  return undefined;
}

export const updateTable = operation(inputReader<Input>(shapes, checkInput), (input, context) => {
  const table = context.store.describedTable(input.TableName);
  let description = withBilling(table.description, input, context);
  description = withStream(description, checkedStream(input, table), context);
  if (input.TableClass)
    description = { ...description, TableClassSummary: { TableClass: input.TableClass } };
  if (input.DeletionProtectionEnabled !== undefined) {
    description = { ...description, DeletionProtectionEnabled: input.DeletionProtectionEnabled };
  }
  updateIndexes(table, description, input);
  if (input.StreamSpecification?.StreamEnabled) openStream(table, context);
  else if (input.StreamSpecification) closeStream(table, context);
  return { TableDescription: describe(table, 'UPDATING') };
});

function withBilling(
  description: TableDescription,
  input: Input,
  { now }: Context,
): TableDescription {
  const current = description.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const mode = input.BillingMode ?? current;
  const { ProvisionedThroughput: wanted } = input;
  if (mode === 'PAY_PER_REQUEST') {
    if (wanted) {
      throw validationError(
        `${INVALID}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
      );
    }
    if (current === mode) return description;
    return {
      ...description,
      ProvisionedThroughput: throughput(),
      BillingModeSummary: { BillingMode: mode, LastUpdateToPayPerRequestDateTime: now() / 1000 },
      ...(description.GlobalSecondaryIndexes && {
        GlobalSecondaryIndexes: description.GlobalSecondaryIndexes.map((index) => ({
          ...index,
          ProvisionedThroughput: throughput(),
        })),
      }),
    };
  }
  if (!wanted) return description;
  if (current === mode) requireChange(description.ProvisionedThroughput, wanted);
  const updated = {
    ...description,
    ProvisionedThroughput: changed(description.ProvisionedThroughput, wanted, now()),
  };
  return current === mode
    ? updated
    : { ...updated, BillingModeSummary: { ...description.BillingModeSummary, BillingMode: mode } };
}

function requireChange(current: Throughput, wanted: Throughput): void {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = current;
  if (read !== wanted.ReadCapacityUnits || write !== wanted.WriteCapacityUnits) return;
  throw validationError(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for the table: ${write}. Requested WriteCapacityUnits: ${write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

function changed(
  current: ThroughputDescription,
  wanted: Throughput,
  now: number,
): ThroughputDescription {
  const read = wanted.ReadCapacityUnits - current.ReadCapacityUnits;
  const write = wanted.WriteCapacityUnits - current.WriteCapacityUnits;
  const decreased = read < 0 || write < 0;
  return {
    ...current,
    ...wanted,
    NumberOfDecreasesToday: current.NumberOfDecreasesToday + (decreased ? 1 : 0),
    ...(decreased && { LastDecreaseDateTime: now / 1000 }),
    ...((read > 0 || write > 0) && { LastIncreaseDateTime: now / 1000 }),
  };
}

function checkedStream(
  { StreamSpecification: stream }: Input,
  table: Table,
): StreamSpecification | undefined {
  const enabled = table.description.StreamSpecification !== undefined;
  const problem = stream && streamProblem(stream);
  if (problem) throw validationError(problem);
  if (stream?.StreamEnabled && enabled) {
    throw validationError(`Table already has an enabled stream: TableName: ${table.name}`);
  }
  if (stream && !stream.StreamEnabled && !enabled) {
    throw validationError(`Table has no stream to disable: TableName: ${table.name}`);
  }
  return stream;
}

/** Sets the description and makes, changes or drops the indexes that the request names. */
function updateIndexes(table: Table, given: TableDescription, input: Input): void {
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  if (updates.filter(({ Create, Delete }) => Create ?? Delete).length > 1) {
    throw limitExceeded(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  let description = given;
  const indexes = [...table.indexes];
  for (const { Create, Update, Delete } of updates) {
    const globals = description.GlobalSecondaryIndexes ?? [];
    if (Create) {
      const definitions = mergeDefinitions(
        description.AttributeDefinitions,
        input.AttributeDefinitions,
      );
      description = withIndex({ ...description, AttributeDefinitions: definitions }, Create, table);
      const index = newIndex(Create, true, description);
      table.fill(index);
      indexes.push(index);
      continue;
    }
    const name = (Update ?? Delete)?.IndexName;
    const existing = globals.find(({ IndexName }) => IndexName === name);
    if (existing === undefined) throw resourceNotFound('Requested resource not found');
    const others = globals.filter((index) => index !== existing);
    if (Update) {
      const index = {
        ...existing,
        ProvisionedThroughput: throughput(Update.ProvisionedThroughput),
      };
      description = {
        ...description,
        GlobalSecondaryIndexes: globals.map((one) => (one === existing ? index : one)),
      };
    } else {
      const { GlobalSecondaryIndexes: _, ...rest } = description;
      description = others.length > 0 ? { ...rest, GlobalSecondaryIndexes: others } : rest;
      indexes.splice(
        indexes.findIndex((index) => index.name === name),
        1,
      );
    }
  }
  table.description = description;
  table.indexes = indexes;
}

function mergeDefinitions(
  current: AttributeDefinition[],
  given: AttributeDefinition[] = [],
): AttributeDefinition[] {
  const added = given.filter(
    (one) => !current.some(({ AttributeName }) => AttributeName === one.AttributeName),
  );
  return [...current, ...added];
}

function withIndex(
  description: TableDescription,
  create: IndexInput,
  table: Table,
): TableDescription {
  const { IndexName, KeySchema, Projection, ProvisionedThroughput } = create;
  if (table.index(IndexName)) {
    throw validationError(`${INVALID}Attempting to create an index which already exists`);
  }
  const defined = description.AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  const names = KeySchema.map(({ AttributeName }) => AttributeName);
  if (names.some((name) => !defined.includes(name))) {
    throw validationError(
      `${INVALID}Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  const billing = description.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const problem = indexProblem(create) ?? throughputProblem(create, billing);
  if (problem) throw validationError(problem);
  const index: GlobalIndexDescription = {
    IndexName,
    KeySchema,
    Projection,
    IndexArn: `${description.TableArn}/index/${IndexName}`,
    ProvisionedThroughput: throughput(ProvisionedThroughput),
  };
  return {
    ...description,
    GlobalSecondaryIndexes: [...(description.GlobalSecondaryIndexes ?? []), index],
  };
}
