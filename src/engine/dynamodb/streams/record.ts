/** Stream records: a change as readers of a stream see it. */
import type { Json } from '../../lab/result.ts';
import { json } from '../operations/operation.ts';
import type { Change } from '../storage/journal.ts';
import { md5Prefix } from '../storage/md5.ts';
import { type AttributeValue, emptyItem, type Item, itemBytes } from '../values/attribute.ts';
import type { Stream } from './stream.ts';

/** A record and its SizeBytes: those of the key and of the images that it holds. */
export interface StreamRecord {
  record: { [member: string]: Json };
  bytes: number;
}

/** Deletions by time to live say who made them. Source: DynamoDB API Reference, "Record". */
const userIdentity = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' };

/** The record of a change. It shares what is stored. */
export function streamRecord(change: Change, stream: Stream): StreamRecord {
  const { before, after, sequence } = change;
  const keys = keysOf((after ?? before)?.item as Item, stream);
  const { viewType } = stream;
  const newImage = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
  const oldImage = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES';
  const bytes =
    itemBytes(keys) + (newImage ? (after?.bytes ?? 0) : 0) + (oldImage ? (before?.bytes ?? 0) : 0);
  const record = {
    eventID: eventId(sequence, stream.arn),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: stream.arn.split(':')[3] as string,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(change.at / 1000),
      Keys: json(keys),
      ...(newImage && after && { NewImage: json(after) }),
      ...(oldImage && before && { OldImage: json(before) }),
      SequenceNumber: sequence,
      SizeBytes: bytes,
      StreamViewType: viewType,
    },
    ...(change.identity === 'TimeToLive' && { userIdentity }),
  };
  return { record, bytes };
}

function keysOf(item: Item, { keySchema }: Stream): Item {
  const keys = emptyItem();
  for (const { AttributeName: name } of keySchema) keys[name] = item[name] as AttributeValue;
  return keys;
}

/** 32 hexadecimal digits that no other record has, and the same in every run. */
function eventId(sequence: string, arn: string): string {
  let digits = '';
  for (let part = 0; digits.length < 32; part++) digits += md5Prefix(`${part}${sequence}${arn}`);
  return digits.slice(0, 32);
}
