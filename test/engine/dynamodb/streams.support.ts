/** What the tests of streams share: a clock to be set, ways to enable and read them. */
import { type Answer, Bench } from './support.ts';

export const MINUTE = 60 * 1000;
export const HOUR = 60 * MINUTE;

/** A clock to be set, and a bench that goes by it, whose table has a stream. */
export function benchWithClock() {
  const clock = { now: 1_750_000_000_000 };
  const bench = new Bench({}, { now: () => clock.now });
  const arn = enableStream(bench);
  return { clock, bench, arn };
}

/** Gives the table `Things` a stream, and answers its ARN. */
export function enableStream(bench: Bench, viewType = 'NEW_AND_OLD_IMAGES'): string {
  bench.ok('UpdateTable', {
    TableName: 'Things',
    StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
  });
  return streamArn(bench);
}

/** Ends the stream of `Things`. */
export function disableStream(bench: Bench): void {
  bench.ok('UpdateTable', {
    TableName: 'Things',
    StreamSpecification: { StreamEnabled: false },
  });
}

/** The ARN of the latest stream of `Things`. */
export function streamArn(bench: Bench): string {
  return bench.ok('DescribeTable', { TableName: 'Things' }).Table.LatestStreamArn;
}

/** The shards of a stream, in the order of their time. */
export function shardsOf(bench: Bench, arn = streamArn(bench)): Answer[] {
  return bench.ok('DescribeStream', { StreamArn: arn }).StreamDescription.Shards;
}

/** An iterator on a shard; from its first record on unless said otherwise. */
export function iteratorOn(
  bench: Bench,
  shard: string,
  { arn = streamArn(bench), type = 'TRIM_HORIZON', sequence = '' } = {},
): string {
  return bench.ok('GetShardIterator', {
    StreamArn: arn,
    ShardId: shard,
    ShardIteratorType: type,
    ...(sequence && { SequenceNumber: sequence }),
  }).ShardIterator;
}

/** All records of a stream, shard for shard. */
export function readStream(bench: Bench, arn = streamArn(bench)): Answer[] {
  const records: Answer[] = [];
  for (const { ShardId } of shardsOf(bench, arn)) {
    let iterator: string | undefined = iteratorOn(bench, ShardId, { arn });
    while (iterator !== undefined) {
      const page: Answer = bench.ok('GetRecords', { ShardIterator: iterator });
      records.push(...page.Records);
      iterator = page.Records.length > 0 ? page.NextShardIterator : undefined;
    }
  }
  return records;
}

/** The sequence numbers of all records. */
export function sequenceNumbers(bench: Bench): string[] {
  return readStream(bench).map((record) => record.dynamodb.SequenceNumber);
}
