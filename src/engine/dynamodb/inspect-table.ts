/** A table in the shape of a data browser, from what DescribeTable says of it. */
import type { ColumnDescription, IndexDescription, TableDescription } from '../lab/inspect.ts';
import type { DynamoDBPartition } from '../lab/inspect-dynamodb.ts';
import { describe } from './operations/describe.ts';
import type {
  TableDescription as ApiDescription,
  GlobalIndexDescription,
  KeySchemaElement,
  Projection,
} from './storage/description.ts';
import { billingMode } from './storage/description.ts';
import type { Table } from './storage/table.ts';
import type { VectorIndexDescription } from './vectors/description.ts';
import type { PartitionReport } from './world/report.ts';

/** What DescribeTable adds to the description of an index. */
interface Counts {
  IndexSizeBytes: number;
  ItemCount: number;
  /** Local indexes have none: they are there as long as their table. */
  IndexStatus?: string;
}

/** DescribeTable's answer, as far as it is used here. */
interface Described extends Omit<ApiDescription, 'GlobalSecondaryIndexes'> {
  TableStatus: string;
  ItemCount: number;
  TableSizeBytes: number;
  GlobalSecondaryIndexes?: Array<GlobalIndexDescription & Counts>;
}

/** Describes a table. `reports` are its partitions and those of its global indexes. */
export function describeTable(table: Table, reports: readonly PartitionReport[]): TableDescription {
  const described = describe(table) as unknown as Described;
  const { AttributeDefinitions: definitions, KeySchema, StreamSpecification } = described;
  // A table that is being deleted is described without its key.
  const key = KeySchema ?? [];
  const indexes = describeIndexes(described, key);
  return {
    name: table.name,
    columns: definitions.map(
      ({ AttributeName: name, AttributeType: type }): ColumnDescription => ({
        name,
        type,
        // What only an index declares may be absent: the item then is not in the index.
        nullable: !names(key).includes(name),
      }),
    ),
    key: names(key),
    indexes,
    rows: { count: described.ItemCount, exact: true },
    bytes: {
      table: described.TableSizeBytes,
      indexes: indexes.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    dynamodb: {
      status: described.TableStatus,
      billing: billingMode(described) === 'PROVISIONED' ? 'provisioned' : 'on-demand',
      partitionKey: partitionKey(key),
      partitions: reports.map(describePartition),
      ...(StreamSpecification && { stream: StreamSpecification.StreamViewType ?? '' }),
      ...(table.expiry && { timeToLive: table.expiry.attribute }),
    },
  };
}

function describeIndexes(
  { GlobalSecondaryIndexes, LocalSecondaryIndexes, VectorIndexes }: Described,
  key: readonly KeySchemaElement[],
): IndexDescription[] {
  const global = (GlobalSecondaryIndexes ?? []).map((index) => describeIndex(index, 'global', key));
  const local = ((LocalSecondaryIndexes ?? []) as Array<GlobalIndexDescription & Counts>).map(
    (index) => describeIndex(index, 'local', key),
  );
  const vector = ((VectorIndexes ?? []) as Array<VectorIndexDescription & Counts>).map(
    describeVectorIndex,
  );
  return [...global, ...local, ...vector].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describeIndex(
  index: GlobalIndexDescription & Counts,
  kind: 'global' | 'local',
  key: readonly KeySchemaElement[],
): IndexDescription {
  return {
    name: index.IndexName,
    kind,
    keys: names(index.KeySchema),
    includes: projected(index.Projection, [...names(index.KeySchema)], names(key)),
    ...counts(index),
    dynamodb: {
      status: index.IndexStatus ?? 'ACTIVE',
      partitionKey: partitionKey(index.KeySchema),
      projection: index.Projection.ProjectionType,
    },
  };
}

function describeVectorIndex(index: VectorIndexDescription & Counts): IndexDescription {
  const schema = index.SearchSchema ?? [];
  const keys = schema.map(({ AttributeName }) => AttributeName);
  const hash = schema.filter(({ SearchSchemaElementType: type }) => type === 'HASH');
  return {
    name: index.IndexName,
    kind: 'vector',
    keys: [index.VectorAttribute.AttributeName, ...keys],
    includes: projected(index.Projection, keys, []),
    ...counts(index),
    dynamodb: {
      status: index.IndexStatus ?? 'ACTIVE',
      partitionKey: hash.map(({ AttributeName }) => AttributeName),
      projection: index.Projection.ProjectionType,
      vector: {
        attribute: index.VectorAttribute.AttributeName,
        dimensions: index.Dimensions,
        distance: index.DistanceFunction,
      },
    },
  };
}

function counts({ IndexSizeBytes, ItemCount }: Counts): Pick<IndexDescription, 'bytes' | 'rows'> {
  return { bytes: IndexSizeBytes, rows: { count: ItemCount, exact: true } };
}

/** What an index holds beside its key: always the table's key, too. */
function projected(
  { ProjectionType, NonKeyAttributes = [] }: Projection,
  own: readonly string[],
  key: readonly string[],
): string[] {
  if (ProjectionType === 'ALL') return ['*'];
  return [...key, ...NonKeyAttributes].filter((name) => !own.includes(name));
}

function describePartition({
  index,
  id,
  from,
  to,
  items,
  bytes,
}: PartitionReport): DynamoDBPartition {
  return { ...(index !== undefined && { index }), id, from, to, items, bytes };
}

const names = (key: readonly KeySchemaElement[]) => key.map(({ AttributeName }) => AttributeName);

const partitionKey = (key: readonly KeySchemaElement[]) =>
  names(key.filter(({ KeyType }) => KeyType === 'HASH'));
