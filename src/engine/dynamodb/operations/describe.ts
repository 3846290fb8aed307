/** TableDescription as answers give it. */
import type { Json } from '../../lab/result.ts';
import type {
  GlobalIndexDescription,
  StreamSpecification,
  TableDescription,
  Throughput,
  ThroughputDescription,
} from '../storage/description.ts';
import { shownDescription, tableStatus } from '../storage/lifecycle.ts';
import type { Index, Table } from '../storage/table.ts';
import { newStreamNames } from '../streams/stream.ts';
import type { VectorIndexDescription } from '../vectors/description.ts';
import type { VectorIndex } from '../vectors/index.ts';
import type { Context } from './operation.ts';

/** Throughput as descriptions give it; on-demand tables have none. */
export function throughput(
  given: Throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
): ThroughputDescription {
  const { ReadCapacityUnits, WriteCapacityUnits } = given;
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits };
}

/** The description with a stream turned on, or off. */
export function withStream(
  description: TableDescription,
  stream: StreamSpecification | undefined,
  context: Context,
): TableDescription {
  if (!stream) return description;
  const { StreamSpecification: _, ...rest } = description;
  if (!stream.StreamEnabled) return rest;
  return { ...rest, StreamSpecification: stream, ...newStreamNames(description.TableArn, context) };
}

/**
 * The table's description with its status and its true counts, which DynamoDB itself refreshes every six hours.
 * AWS gives definitions and projected attributes sorted by name, whatever the request's order was.
 */
export function describe(table: Table): { [key: string]: Json } {
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes, VectorIndexes, ...rest } =
    shownDescription(table);
  const status = tableStatus(table);
  const restore = table.lifecycle?.table?.restore;
  return {
    ...rest,
    AttributeDefinitions: [...rest.AttributeDefinitions].sort(byName),
    TableStatus: status,
    ItemCount: table.items.size,
    TableSizeBytes: table.bytes,
    WarmThroughput: { ...rest.WarmThroughput, Status: 'ACTIVE' },
    ...(restore && { RestoreSummary: { ...restore, RestoreInProgress: true } }),
    ...(LocalSecondaryIndexes && {
      LocalSecondaryIndexes: LocalSecondaryIndexes.map((index) => ({
        ...index,
        ...counts(table.index(index.IndexName)),
      })),
    }),
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => describeIndex(index, table)),
    }),
    ...(VectorIndexes && {
      VectorIndexes: VectorIndexes.map((index) => describeVectorIndex(index, table)),
    }),
  } as unknown as { [key: string]: Json };
}

function describeIndex(index: GlobalIndexDescription, table: Table): object {
  return {
    ...index,
    ...counts(table.index(index.IndexName)),
    WarmThroughput: { ...index.WarmThroughput, Status: 'ACTIVE' },
    ...indexStatus(index.IndexName, table),
  };
}

function describeVectorIndex(index: VectorIndexDescription, table: Table): object {
  const stored = table.vectors?.find(({ name }) => name === index.IndexName);
  return { ...index, ...counts(stored), ...indexStatus(index.IndexName, table) };
}

/** `Backfilling` is there only while an index that was added to a table is being created. */
function indexStatus(name: string, table: Table): object {
  const phase = table.lifecycle?.indexes.get(name);
  const creating = tableStatus(table) === 'CREATING';
  return {
    IndexStatus: phase?.status ?? (creating ? 'CREATING' : 'ACTIVE'),
    ...(phase?.backfilling !== undefined && { Backfilling: phase.backfilling }),
  };
}

function counts(index: Index | VectorIndex | undefined): object {
  return { IndexSizeBytes: index?.bytes ?? 0, ItemCount: index?.tree.size ?? 0 };
}

function byName(a: { AttributeName: string }, b: { AttributeName: string }): number {
  return a.AttributeName < b.AttributeName ? -1 : 1;
}
