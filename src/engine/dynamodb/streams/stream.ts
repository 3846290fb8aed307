/** Streams of tables, and the shards that their records are in. */
import type { Context } from '../operations/operation.ts';
import { exception, resourceNotFound } from '../request/errors.ts';
import type { KeySchemaElement } from '../storage/description.ts';
import { type Journal, sequenceAt } from '../storage/journal.ts';
import type { ResourcePolicy } from '../storage/resource-policy.ts';
import type { Store } from '../storage/store.ts';
import type { Table } from '../storage/table.ts';

/** What records hold besides the key. */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** A stream; never changed, but replaced when it is disabled. */
export interface Stream {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: StreamViewType;
  readonly keySchema: readonly KeySchemaElement[];
  /** Milliseconds of the engine's clock. */
  readonly createdAt: number;
  /** Its resource-based policy. */
  readonly policy?: ResourcePolicy;
  /** Since it was disabled, or its table deleted: when, and the records that it had. */
  readonly closed?: { readonly at: number; readonly journal: Journal };
}

/** A part of a stream: the changes from one moment to another, in milliseconds of the engine's clock. */
export interface Shard {
  id: string;
  parent: string | undefined;
  from: number;
  /** The moment after its last one; undefined while it is open. */
  to: number | undefined;
}

const HOUR = 60 * 60 * 1000;

/** How long records can be read, and disabled streams be found. Source: DynamoDB Developer Guide, "DynamoDB Streams". */
export const STREAM_LIFETIME = 24 * HOUR;

/** After that time a shard is closed and has a child. */
const SHARD_SPAN = 4 * HOUR;

/** The name under which a stream follows its table. */
const FOLLOWER = 'stream';

/** What a stream that begins now is called. */
export function newStreamNames(
  tableArn: string,
  { store, now }: Context,
): { LatestStreamLabel: string; LatestStreamArn: string } {
  // A stream that follows on another within a millisecond gets an ARN of its own all the same.
  for (let time = now(); ; time++) {
    const label = new Date(time).toISOString().replace('Z', '');
    const arn = `${tableArn}/stream/${label}`;
    if (!store.streams.has(arn)) return { LatestStreamLabel: label, LatestStreamArn: arn };
  }
}

/** Begins the stream that the table's description tells of, if it tells of one. */
export function openStream(table: Table, { store, now }: Context): void {
  const { StreamSpecification, LatestStreamArn, LatestStreamLabel, KeySchema } = table.description;
  if (!StreamSpecification?.StreamEnabled) return;
  forgetOldStreams(store, now());
  const { since } = table.follow(FOLLOWER, STREAM_LIFETIME, now());
  store.streams.set(LatestStreamArn as string, {
    arn: LatestStreamArn as string,
    label: LatestStreamLabel as string,
    tableName: table.name,
    viewType: StreamSpecification.StreamViewType as StreamViewType,
    keySchema: KeySchema,
    createdAt: since,
  });
}

/** Ends the table's stream, if it has one. What it holds stays readable until it is trimmed. */
export function closeStream(table: Table, { store, now }: Context): void {
  const journal = table.journals?.get(FOLLOWER);
  const stream = store.streams.get(table.description.LatestStreamArn ?? '');
  if (journal === undefined || stream === undefined) return;
  table.unfollow(FOLLOWER);
  store.streams.set(stream.arn, {
    ...stream,
    closed: { at: Math.max(now(), journal.at), journal },
  });
}

/** All streams that can be found, by their ARNs. */
export function findableStreams({ store, now }: Context): Stream[] {
  return [...store.streams.values()].filter((stream) => !isOld(stream, now()));
}

/** The stream of that ARN. Throws ResourceNotFoundException. */
export function findStream(arn: string, { store, now }: Context): Stream {
  const stream = store.streams.get(arn);
  if (stream === undefined || isOld(stream, now())) {
    throw resourceNotFound(`Requested resource not found: Stream: ${arn} not found`);
  }
  return stream;
}

function isOld({ closed }: Stream, now: number): boolean {
  return closed !== undefined && now - closed.at > STREAM_LIFETIME;
}

function forgetOldStreams(store: Store, now: number): void {
  for (const stream of [...store.streams.values()]) {
    if (isOld(stream, now)) store.streams.delete(stream.arn);
  }
}

/** The changes that a stream's records are made of. */
export function journalOf(stream: Stream, store: Store): Journal {
  const journal = stream.closed?.journal ?? store.find(stream.tableName)?.journals?.get(FOLLOWER);
  if (journal === undefined) throw new TypeError(`the stream ${stream.arn} has no journal`);
  return journal;
}

/** The moment before which records are gone. */
export function trimHorizon({ now }: Context): number {
  return now() - STREAM_LIFETIME;
}

/** The shards that may still have records, oldest first; the last one of an enabled stream is open. */
export function shardsOf(stream: Stream, context: Context): Shard[] {
  const { createdAt, closed } = stream;
  const latest = closed?.at ?? Math.max(context.now(), journalOf(stream, context.store).at);
  const numberAt = (time: number) => Math.max(0, Math.floor((time - createdAt) / SHARD_SPAN));
  const last = numberAt(latest);
  const shards: Shard[] = [];
  for (let number = Math.min(numberAt(trimHorizon(context)), last); number <= last; number++) {
    const end = closed === undefined ? undefined : closed.at + 1;
    shards.push({
      id: shardId(createdAt, number),
      parent: number === 0 ? undefined : shardId(createdAt, number - 1),
      from: createdAt + number * SHARD_SPAN,
      to: number === last ? end : createdAt + (number + 1) * SHARD_SPAN,
    });
  }
  return shards;
}

/** In the form of DynamoDB's: the moment when it began, in 20 digits, and eight hexadecimal digits. */
function shardId(createdAt: number, number: number): string {
  const moment = String(createdAt + number * SHARD_SPAN).padStart(20, '0');
  return `shardId-${moment}-${number.toString(16).padStart(8, '0')}`;
}

/** The sequence numbers that a shard's records may have; without the last one while it is open. */
export function sequenceRange({ from, to }: Shard): { first: string; last: string | undefined } {
  return {
    first: sequenceAt(from),
    last: to === undefined ? undefined : String(BigInt(sequenceAt(to)) - 1n),
  };
}

/** What was asked for is older than a day. */
export function trimmedDataAccess(): Error {
  return exception(
    'TrimmedDataAccessException',
    'The data you are trying to access has been trimmed',
  );
}
