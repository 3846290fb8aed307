/** GetShardIterator. */
import { resourceNotFound, validationError } from '../request/errors.ts';
import { inputReader } from '../request/input.ts';
import { nextSequence, sequenceAt } from '../storage/journal.ts';
import { printIterator } from '../streams/iterator.ts';
import { shardId, streamArn, streamArnProblem } from '../streams/shapes.ts';
import {
  findStream,
  journalOf,
  type Shard,
  type Stream,
  sequenceRange,
  shardsOf,
  trimHorizon,
  trimmedDataAccess,
} from '../streams/stream.ts';
import { type Context, operation } from './operation.ts';

interface Input {
  StreamArn: string;
  ShardId: string;
  ShardIteratorType: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'TRIM_HORIZON' | 'LATEST';
  SequenceNumber?: string;
}

const shapes = {
  StreamArn: { ...streamArn, notNull: true },
  ShardId: { ...shardId, notNull: true },
  ShardIteratorType: {
    type: 'String',
    notNull: true,
    enum: ['AFTER_SEQUENCE_NUMBER', 'AT_SEQUENCE_NUMBER', 'LATEST', 'TRIM_HORIZON'],
  },
  SequenceNumber: {
    type: 'String',
    lengthGreaterThanOrEqual: 21,
    lengthLessThanOrEqual: 40,
    regex: '[0-9]+',
  },
};

function checkInput(input: Input): string | undefined {
  const { ShardIteratorType: type, SequenceNumber } = input;
  const needed = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (needed && SequenceNumber === undefined) {
    return `SequenceNumber is required for ShardIteratorType ${type}`;
  }
  if (!needed && SequenceNumber !== undefined) {
    return `SequenceNumber must not be given for ShardIteratorType ${type}`;
  }
  return streamArnProblem(input.StreamArn);
}

export const getShardIterator = operation(
  inputReader<Input>(shapes, checkInput),
  (input, context) => {
    const { StreamArn, ShardId } = input;
    const stream = findStream(StreamArn, context);
    const shard = shardsOf(stream, context).find(({ id }) => id === ShardId);
    if (shard === undefined) {
      throw resourceNotFound(
        `Requested resource not found: Shard: ${ShardId} in Stream: ${StreamArn} not found`,
      );
    }
    const sequence = startOf(input, stream, shard, context);
    const issuedAt = context.now();
    return {
      ShardIterator: printIterator({ streamArn: StreamArn, shardId: ShardId, sequence, issuedAt }),
    };
  },
);

/** The sequence number from which on the iterator reads. */
function startOf(input: Input, stream: Stream, shard: Shard, context: Context): string {
  const { first, last } = sequenceRange(shard);
  const horizon = sequenceAt(trimHorizon(context));
  const latest = journalOf(stream, context.store).next;
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return later(first, horizon);
    case 'LATEST':
      return last === undefined ? later(first, latest) : nextSequence(last);
    default: {
      const sequence = input.SequenceNumber as string;
      if (sequence.length !== first.length || sequence < first || sequence > (last ?? latest)) {
        throw validationError(
          `Invalid SequenceNumber: ${sequence} is not one of shard ${shard.id} of stream ${stream.arn}`,
        );
      }
      if (sequence < horizon) throw trimmedDataAccess();
      return input.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? sequence : nextSequence(sequence);
    }
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
