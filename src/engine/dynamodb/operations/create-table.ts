/** CreateTable. Tables are ready at once; the answer says CREATING, as DynamoDB's does. */
import { custom, types } from 'dynalite/validations/createTable.js';
import {
  definitionsProblem,
  type IndexInput,
  indexProblem,
  throughputProblem,
} from '../items/index-rules.ts';
import { resourceInUse } from '../request/errors.ts';
import { existingTable, inputReader } from '../request/input.ts';
import type { Shape, Shapes } from '../request/shape.ts';
import {
  type AttributeDefinition,
  type KeySchemaElement,
  keySchema,
  newIndex,
  type StreamSpecification,
  type TableDescription,
  type Throughput,
} from '../storage/description.ts';
import { newTree, Table } from '../storage/table.ts';
import { openStream } from '../streams/stream.ts';
import { describe, tableArn, throughput, withStream } from './describe.ts';
import { type Context, operation } from './operation.ts';

interface Input {
  TableName: string;
  AttributeDefinitions: AttributeDefinition[];
  KeySchema: KeySchemaElement[];
  BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  ProvisionedThroughput?: Throughput;
  LocalSecondaryIndexes?: IndexInput[];
  GlobalSecondaryIndexes?: IndexInput[];
  StreamSpecification?: StreamSpecification;
  SSESpecification?: { Enabled?: boolean; SSEType?: string; KMSMasterKeyId?: string };
  TableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  DeletionProtectionEnabled?: boolean;
}

/** Only new tables' names must have three characters. */
const newTableName: Shape = { ...existingTable, lengthGreaterThanOrEqual: 3 };

/** Parameters that came after dynalite's description. */
export const laterTypes: Shapes = {
  StreamSpecification: {
    type: 'FieldStruct<StreamSpecification>',
    children: {
      StreamEnabled: { type: 'Boolean', notNull: true },
      StreamViewType: {
        type: 'String',
        enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'],
      },
    },
  },
  SSESpecification: {
    type: 'FieldStruct<SSESpecification>',
    children: {
      Enabled: 'Boolean',
      SSEType: { type: 'String', enum: ['AES256', 'KMS'] },
      KMSMasterKeyId: 'String',
    },
  },
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  DeletionProtectionEnabled: 'Boolean',
};

function checkIndexes(input: Input): string | undefined {
  const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = input;
  const indexes = [...local, ...global];
  for (const index of indexes) {
    const problem = indexProblem(index);
    if (problem) return problem;
  }
  for (const index of global) {
    const problem = throughputProblem(index, input.BillingMode ?? 'PROVISIONED');
    if (problem) return problem;
  }
  const keys = [input.KeySchema, ...indexes.map((index) => index.KeySchema)];
  return definitionsProblem(input.AttributeDefinitions, keys);
}

export const createTable = operation(
  inputReader<Input>({ ...types, ...laterTypes, TableName: newTableName }, custom, checkIndexes),
  (input, context) => {
    const { store } = context;
    if (store.has(input.TableName)) throw resourceInUse(`Table already exists: ${input.TableName}`);
    const table = newTable(input, context);
    openStream(table, context);
    store.add(table);
    return { TableDescription: describe(table, 'CREATING') };
  },
);

function newTable(input: Input, context: Context): Table {
  const description = withStream(describeNew(input, context), input.StreamSpecification, context);
  const indexes = [
    ...(input.LocalSecondaryIndexes ?? []).map((index) => newIndex(index, false, input)),
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => newIndex(index, true, input)),
  ];
  const keys = keySchema(input.KeySchema, input.AttributeDefinitions);
  return new Table(description, keys, indexes, newTree(), 0);
}

function describeNew(input: Input, { now, random }: Context): TableDescription {
  const arn = tableArn(input.TableName);
  const seconds = now() / 1000;
  return {
    TableName: input.TableName,
    TableArn: arn,
    TableId: randomId(random),
    CreationDateTime: seconds,
    AttributeDefinitions: input.AttributeDefinitions,
    KeySchema: input.KeySchema,
    ProvisionedThroughput: throughput(input.ProvisionedThroughput),
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? false,
    ...(input.BillingMode === 'PAY_PER_REQUEST' && {
      BillingModeSummary: {
        BillingMode: input.BillingMode,
        LastUpdateToPayPerRequestDateTime: seconds,
      },
    }),
    ...(input.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: input.LocalSecondaryIndexes.map(
        ({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
          IndexArn: `${arn}/index/${IndexName}`,
        }),
      ),
    }),
    ...(input.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map(
        ({ IndexName, KeySchema, Projection, ProvisionedThroughput }) => ({
          IndexName,
          KeySchema,
          Projection,
          IndexArn: `${arn}/index/${IndexName}`,
          ProvisionedThroughput: throughput(ProvisionedThroughput),
        }),
      ),
    }),
    ...(input.SSESpecification?.Enabled && {
      SSEDescription: {
        Status: 'ENABLED',
        SSEType: input.SSESpecification.SSEType ?? 'KMS',
        KMSMasterKeyArn:
          input.SSESpecification.KMSMasterKeyId ??
          'arn:aws:kms:us-east-1:000000000000:alias/aws/dynamodb',
      },
    }),
    ...(input.TableClass && { TableClassSummary: { TableClass: input.TableClass } }),
  };
}

/** A version 4 UUID from the engine's source of chance. */
function randomId(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () =>
    Math.floor(random() * 16).toString(16),
  );
}
