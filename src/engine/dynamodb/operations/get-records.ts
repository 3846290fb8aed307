/** GetRecords: the next records of one shard. */
import type { Json } from '../../lab/result.ts';
import { inputReader } from '../request/input.ts';
import { nextSequence } from '../storage/journal.ts';
import { printIterator, readIterator } from '../streams/iterator.ts';
import { streamRecord } from '../streams/record.ts';
import {
  findStream,
  journalOf,
  sequenceRange,
  shardsOf,
  trimHorizon,
  trimmedDataAccess,
} from '../streams/stream.ts';
import { operation } from './operation.ts';

interface Input {
  ShardIterator: string;
  Limit?: number;
}

/** Most records of one answer, and most bytes of them. Source: DynamoDB API Reference, "GetRecords". */
const MOST_RECORDS = 1000;
const MOST_BYTES = 1024 * 1024;

const shapes = {
  ShardIterator: {
    type: 'String',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 2048,
  },
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: MOST_RECORDS },
};

export const getRecords = operation(
  inputReader<Input>(shapes),
  ({ ShardIterator, Limit = MOST_RECORDS }, context) => {
    const now = context.now();
    const iterator = readIterator(ShardIterator, now);
    const stream = findStream(iterator.streamArn, context);
    const journal = journalOf(stream, context.store);
    const shard = shardsOf(stream, context).find(({ id }) => id === iterator.shardId);
    if (!shard || journal.changedBetween(iterator.sequence, trimHorizon(context))) {
      throw trimmedDataAccess();
    }
    const { last } = sequenceRange(shard);
    const records: Json[] = [];
    let bytes = 0;
    let next = iterator.sequence;
    // A closed shard ends where its last record has been read.
    let ended = last !== undefined;
    for (const change of journal.from(iterator.sequence)) {
      if (last !== undefined && change.sequence > last) break;
      const { record, bytes: more } = streamRecord(change, stream);
      if (records.length === Limit || (records.length > 0 && bytes + more > MOST_BYTES)) {
        ended = false;
        break;
      }
      records.push(record);
      bytes += more;
      next = nextSequence(change.sequence);
    }
    return {
      Records: records,
      NextShardIterator: ended
        ? undefined
        : printIterator({ ...iterator, sequence: next, issuedAt: now }),
    };
  },
);
