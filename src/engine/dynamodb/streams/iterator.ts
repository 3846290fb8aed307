/** Shard iterators: where in a shard a reader is, as a text that it hands back. */
import { exception, validationError } from '../request/errors.ts';

/** A reader's place. */
export interface ShardIterator {
  streamArn: string;
  shardId: string;
  /** The sequence number from which on it reads, that one included. */
  sequence: string;
  /** Milliseconds of the engine's clock. */
  issuedAt: number;
}

/** How long an iterator can be used. Source: DynamoDB API Reference, "GetShardIterator". */
const LIFETIME = 15 * 60 * 1000;

/** The text of an iterator, which begins with the stream's ARN as DynamoDB's does. */
export function printIterator({ streamArn, shardId, sequence, issuedAt }: ShardIterator): string {
  const time = String(Math.max(Math.floor(issuedAt), 0)).padStart(16, '0');
  return `${streamArn}|1|${btoa(`${shardId}|${sequence}|${time}`)}`;
}

/** Reads an iterator. Throws ValidationException, or ExpiredIteratorException when it is too old. */
export function readIterator(text: string, now: number): ShardIterator {
  const [, streamArn, code = ''] = /^(arn:[^|]+)\|1\|([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const [, shardId, sequence, issuedAt] =
    /^(shardId-\d+-[0-9a-f]{8,})\|(\d{21})\|(\d{16})$/.exec(decode(code)) ?? [];
  if (!streamArn || !shardId || !sequence) throw validationError('Invalid ShardIterator');
  if (now - Number(issuedAt) > LIFETIME) {
    throw exception(
      'ExpiredIteratorException',
      'The provided iterator exceeds the maximum age allowed.',
    );
  }
  return { streamArn, shardId, sequence, issuedAt: Number(issuedAt) };
}

function decode(code: string): string {
  return code.length % 4 === 0 ? atob(code) : '';
}
