/** DescribeStream. */
import type { Json } from '../../lab/result.ts';
import { inputReader } from '../request/input.ts';
import { shardId, streamArn, streamArnProblem } from '../streams/shapes.ts';
import { findStream, type Shard, sequenceRange, shardsOf } from '../streams/stream.ts';
import { operation } from './operation.ts';

interface Input {
  StreamArn: string;
  Limit?: number;
  ExclusiveStartShardId?: string;
  ShardFilter?: { Type?: 'CHILD_SHARDS'; ShardId?: string };
}

const shapes = {
  StreamArn: { ...streamArn, notNull: true },
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
  ExclusiveStartShardId: shardId,
  ShardFilter: {
    type: 'FieldStruct<ShardFilter>',
    children: { Type: { type: 'String', enum: ['CHILD_SHARDS'] }, ShardId: shardId },
  },
};

function checkInput({ StreamArn, ShardFilter }: Input): string | undefined {
  if (ShardFilter && (ShardFilter.Type === undefined || ShardFilter.ShardId === undefined)) {
    return 'ShardFilter must have a Type and a ShardId';
  }
  return streamArnProblem(StreamArn);
}

export const describeStream = operation(
  inputReader<Input>(shapes, checkInput),
  (input, context) => {
    const { StreamArn, Limit = 100, ExclusiveStartShardId: start = '', ShardFilter } = input;
    const stream = findStream(StreamArn, context);
    const shards = shardsOf(stream, context).filter(
      ({ id, parent }) => id > start && (!ShardFilter || parent === ShardFilter.ShardId),
    );
    const page = shards.slice(0, Limit);
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: stream.closed === undefined ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.viewType,
        CreationRequestDateTime: stream.createdAt / 1000,
        TableName: stream.tableName,
        KeySchema: stream.keySchema as unknown as Json,
        Shards: page.map(describeShard),
        ...(shards.length > page.length && { LastEvaluatedShardId: page.at(-1)?.id as string }),
      },
    };
  },
);

function describeShard(shard: Shard): { [member: string]: Json } {
  const { first, last } = sequenceRange(shard);
  return {
    ShardId: shard.id,
    SequenceNumberRange: {
      StartingSequenceNumber: first,
      ...(last !== undefined && { EndingSequenceNumber: last }),
    },
    ...(shard.parent !== undefined && { ParentShardId: shard.parent }),
  };
}
