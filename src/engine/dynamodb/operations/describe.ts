/** TableDescription as answers give it. */
import type { Json } from '../../lab/result.ts';
import type {
  Status,
  StreamSpecification,
  TableDescription,
  Throughput,
  ThroughputDescription,
} from '../storage/description.ts';
import type { Index, Table } from '../storage/table.ts';
import type { Context } from './operation.ts';

/** The ARN of a table of this engine's one account and Region. */
export function tableArn(name: string): string {
  return `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
}

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
  { now }: Context,
): TableDescription {
  if (!stream) return description;
  const { StreamSpecification: _, ...rest } = description;
  if (!stream.StreamEnabled) return rest;
  const label = new Date(now()).toISOString().replace('Z', '');
  return {
    ...rest,
    StreamSpecification: stream,
    LatestStreamLabel: label,
    LatestStreamArn: `${description.TableArn}/stream/${label}`,
  };
}

/** The table's description with its status and its true counts, which DynamoDB itself refreshes every six hours. */
export function describe(table: Table, status: Status): { [key: string]: Json } {
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes, ...rest } = table.description;
  const counts = (index: Index | undefined) => ({
    IndexSizeBytes: index?.bytes ?? 0,
    ItemCount: index?.tree.size ?? 0,
  });
  return {
    ...rest,
    TableStatus: status,
    ItemCount: table.items.size,
    TableSizeBytes: table.bytes,
    ...(LocalSecondaryIndexes && {
      LocalSecondaryIndexes: LocalSecondaryIndexes.map((index) => ({
        ...index,
        ...counts(table.index(index.IndexName)),
      })),
    }),
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
        ...index,
        ...counts(table.index(index.IndexName)),
        IndexStatus: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
      })),
    }),
  } as unknown as { [key: string]: Json };
}
