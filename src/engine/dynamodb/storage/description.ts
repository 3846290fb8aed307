/** A table's description as the API gives it, and the parts of the storage that are made from it. */

import type { VectorIndexDescription } from '../vectors/description.ts';
import type { KeyAttribute, KeySchema, KeyType } from './keys.ts';
import { type Index, newTree } from './table.ts';

/** As in CreateTable. */
export interface AttributeDefinition {
  AttributeName: string;
  AttributeType: KeyType;
}

/** As in CreateTable. */
export interface KeySchemaElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

/** As in CreateTable. */
export interface Projection {
  ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  NonKeyAttributes?: string[];
}

/** As in CreateTable. */
export interface Throughput {
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
}

/** As in DescribeTable. */
export interface ThroughputDescription extends Throughput {
  NumberOfDecreasesToday: number;
  LastIncreaseDateTime?: number;
  LastDecreaseDateTime?: number;
}

/** As in CreateTable: the most that on-demand tables and indexes serve. */
export interface OnDemandThroughput {
  MaxReadRequestUnits?: number;
  MaxWriteRequestUnits?: number;
}

/** As in CreateTable: units a second that are ready at once. */
export interface WarmThroughput {
  ReadUnitsPerSecond?: number;
  WriteUnitsPerSecond?: number;
}

/** A status of a table or index. */
export type Status = 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';

/** How throughput is paid for. */
export type BillingMode = 'PROVISIONED' | 'PAY_PER_REQUEST';

/** A secondary index in DescribeTable. Counts are filled in when it is asked for. */
export interface IndexDescription {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
  IndexArn: string;
}

/** A global secondary index in DescribeTable. */
export interface GlobalIndexDescription extends IndexDescription {
  ProvisionedThroughput: ThroughputDescription;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput: Required<WarmThroughput>;
}

/** As in CreateTable. */
export interface StreamSpecification {
  StreamEnabled: boolean;
  StreamViewType?: string;
}

/** A table in DescribeTable, without the counts and statuses, which are filled in when it is asked for. */
export interface TableDescription {
  TableName: string;
  TableArn: string;
  TableId: string;
  CreationDateTime: number;
  AttributeDefinitions: AttributeDefinition[];
  KeySchema: KeySchemaElement[];
  ProvisionedThroughput: ThroughputDescription;
  OnDemandThroughput?: OnDemandThroughput;
  WarmThroughput: Required<WarmThroughput>;
  BillingModeSummary?: {
    BillingMode: BillingMode;
    LastUpdateToPayPerRequestDateTime?: number;
  };
  LocalSecondaryIndexes?: IndexDescription[];
  GlobalSecondaryIndexes?: GlobalIndexDescription[];
  VectorIndexes?: VectorIndexDescription[];
  StreamSpecification?: StreamSpecification;
  LatestStreamArn?: string;
  LatestStreamLabel?: string;
  SSEDescription?: { Status: string; SSEType: string; KMSMasterKeyArn: string };
  TableClassSummary?: { TableClass: string };
  DeletionProtectionEnabled: boolean;
  GlobalTableVersion?: string;
  /** Of a global table: the other Regions. */
  Replicas?: Array<{ RegionName: string; ReplicaStatus: 'ACTIVE' }>;
}

/** How a table's throughput is paid for; those that say nothing are provisioned. */
export function billingMode({ BillingModeSummary }: TableDescription): BillingMode {
  return BillingModeSummary?.BillingMode ?? 'PROVISIONED';
}

/** The key of a table or index, with the types of its attributes. */
export function keySchema(
  elements: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): KeySchema {
  const attributes = (keyType: KeySchemaElement['KeyType']): KeyAttribute[] =>
    elements
      .filter((element) => element.KeyType === keyType)
      .map(({ AttributeName: name }) => {
        const definition = definitions.find((one) => one.AttributeName === name);
        if (definition === undefined)
          throw new TypeError(`key attribute ${name} has no definition`);
        return { name, type: definition.AttributeType };
      });
  return { partition: attributes('HASH'), sort: attributes('RANGE') };
}

/** An empty index as a description asks for it. */
export function newIndex(
  description: Omit<IndexDescription, 'IndexArn'>,
  global: boolean,
  table: Pick<TableDescription, 'KeySchema' | 'AttributeDefinitions'>,
): Index {
  const { ProjectionType, NonKeyAttributes = [] } = description.Projection;
  const keys = [...description.KeySchema, ...table.KeySchema].map(
    (element) => element.AttributeName,
  );
  return {
    name: description.IndexName,
    global,
    keys: keySchema(description.KeySchema, table.AttributeDefinitions),
    projected: ProjectionType === 'ALL' ? 'ALL' : new Set([...keys, ...NonKeyAttributes]),
    tree: newTree(),
    bytes: 0,
  };
}
