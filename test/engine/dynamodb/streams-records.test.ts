/** DynamoDB Streams: what a record holds, in which shard, and for how long. */
import { describe, expect, it } from 'vitest';
import {
  benchWithClock,
  enableStream,
  HOUR,
  iteratorOn,
  MINUTE,
  readStream,
  sequenceNumbers,
  shardsOf,
} from './streams.support.ts';
import { type Answer, Bench, N, S } from './support.ts';

describe('a record', () => {
  const views: Array<[view: string, modified: { old: boolean; new: boolean }]> = [
    ['KEYS_ONLY', { old: false, new: false }],
    ['NEW_IMAGE', { old: false, new: true }],
    ['OLD_IMAGE', { old: true, new: false }],
    ['NEW_AND_OLD_IMAGES', { old: true, new: true }],
  ];
  it.each(views)('of a %s stream holds the key and what the view says', (view, images) => {
    const bench = new Bench({ keys: 'pk:S, sk:N' });
    enableStream(bench, view);
    const [first, second] = [
      { pk: S('a'), sk: N(1), text: S('before') },
      { pk: S('a'), sk: N(1), text: S('after') },
    ];
    bench.put(first);
    bench.put(second);
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('a'), sk: N(1) } });

    const records = readStream(bench);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    const [insert, modify, remove] = records.map(({ dynamodb }) => dynamodb);
    for (const record of [insert, modify, remove]) {
      expect(record.Keys).toEqual({ pk: S('a'), sk: N(1) });
      expect(record.StreamViewType).toBe(view);
    }
    expect(insert.OldImage).toBeUndefined();
    expect(insert.NewImage).toEqual(images.new ? first : undefined);
    expect(modify.OldImage).toEqual(images.old ? first : undefined);
    expect(modify.NewImage).toEqual(images.new ? second : undefined);
    expect(remove.OldImage).toEqual(images.old ? second : undefined);
    expect(remove.NewImage).toBeUndefined();
  });

  it('says what it is, when it came to be and how large it is', () => {
    const { clock, bench } = benchWithClock();
    clock.now += 1_999;
    bench.put({ pk: S('abc'), text: S('12345') });
    bench.put({ pk: S('abc'), text: S('123456') });
    const [insert, modify] = readStream(bench);
    expect(insert).toMatchObject({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
    });
    expect(insert.userIdentity).toBeUndefined();
    expect(insert.eventID).toMatch(/^[0-9a-f]{32}$/);
    expect(insert.eventID).not.toBe(modify.eventID);
    // Rounded down to the second.
    expect(insert.dynamodb.ApproximateCreationDateTime).toBe(1_750_000_001);
    // The key has 2 + 3 bytes, the items those and 4 + 5 and 4 + 6.
    expect(insert.dynamodb.SizeBytes).toBe(5 + 14);
    expect(modify.dynamodb.SizeBytes).toBe(5 + 14 + 15);
  });

  it('belongs to whoever reads it', () => {
    const { bench } = benchWithClock();
    bench.put({ pk: S('a'), list: { L: [N(1)] } });
    readStream(bench)[0].dynamodb.NewImage.list.L.push(N(2));
    expect(readStream(bench)[0].dynamodb.NewImage.list).toEqual({ L: [N(1)] });
    expect(bench.get({ pk: S('a') }).list).toEqual({ L: [N(1)] });
  });
});

describe('shards', () => {
  it('are closed after four hours and have a child, in which reading goes on', () => {
    const { clock, bench, arn } = benchWithClock();
    bench.put({ pk: S('first') });
    const [only] = shardsOf(bench);
    expect(only.ShardId).toMatch(/^shardId-\d{20}-[0-9a-f]{8}$/);
    expect(only.ParentShardId).toBeUndefined();
    expect(only.SequenceNumberRange.EndingSequenceNumber).toBeUndefined();

    clock.now += 4 * HOUR;
    bench.put({ pk: S('second') });
    const [parent, child] = shardsOf(bench);
    expect(child.ParentShardId).toBe(parent.ShardId);
    const { StartingSequenceNumber, EndingSequenceNumber } = parent.SequenceNumberRange;
    expect(BigInt(EndingSequenceNumber) + 1n).toBe(
      BigInt(child.SequenceNumberRange.StartingSequenceNumber),
    );
    const [first = '', second = ''] = sequenceNumbers(bench);
    expect(first >= StartingSequenceNumber && first <= EndingSequenceNumber).toBe(true);
    expect(second > EndingSequenceNumber).toBe(true);

    const page = bench.ok('GetRecords', {
      ShardIterator: iteratorOn(bench, parent.ShardId, { arn }),
    });
    expect(page.Records).toHaveLength(1);
    expect(page.NextShardIterator).toBeUndefined();
  });

  it('can be listed page by page, and by their parent', () => {
    const { clock, bench, arn } = benchWithClock();
    clock.now += 9 * HOUR;
    const all = shardsOf(bench).map(({ ShardId }) => ShardId);
    expect(all).toHaveLength(3);

    const page = bench.ok('DescribeStream', { StreamArn: arn, Limit: 2 }).StreamDescription;
    expect(page.Shards.map(({ ShardId }: Answer) => ShardId)).toEqual(all.slice(0, 2));
    expect(page.LastEvaluatedShardId).toBe(all[1]);
    const rest = bench.ok('DescribeStream', { StreamArn: arn, ExclusiveStartShardId: all[1] });
    expect(rest.StreamDescription.Shards.map(({ ShardId }: Answer) => ShardId)).toEqual([all[2]]);
    expect(rest.StreamDescription.LastEvaluatedShardId).toBeUndefined();

    const children = bench.ok('DescribeStream', {
      StreamArn: arn,
      ShardFilter: { Type: 'CHILD_SHARDS', ShardId: all[0] },
    });
    expect(children.StreamDescription.Shards.map(({ ShardId }: Answer) => ShardId)).toEqual([
      all[1],
    ]);
  });

  it('are gone when their last record would be older than a day', () => {
    const { clock, bench } = benchWithClock();
    const [first] = shardsOf(bench);
    clock.now += 28 * HOUR - 1;
    expect(shardsOf(bench)[0].ShardId).toBe(first.ShardId);
    clock.now += 1;
    const [oldest, ...others] = shardsOf(bench);
    expect(oldest.ParentShardId).toBe(first.ShardId);
    expect(others).toHaveLength(6);
  });
});

describe('after 24 hours', () => {
  it('records are trimmed', () => {
    const { clock, bench } = benchWithClock();
    bench.put({ pk: S('old') });
    clock.now += HOUR;
    bench.put({ pk: S('young') });
    clock.now += 23 * HOUR + 1;
    expect(readStream(bench).map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual(['young']);
  });

  it('a sequence number is too old to begin at', () => {
    const { clock, bench, arn } = benchWithClock();
    bench.put({ pk: S('old') });
    const [{ ShardId }] = shardsOf(bench);
    const [SequenceNumber = ''] = sequenceNumbers(bench);
    clock.now += 24 * HOUR + 1;
    const error = bench.refused('GetShardIterator', {
      StreamArn: arn,
      ShardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber,
    });
    expect(error).toEqual({
      name: 'TrimmedDataAccessException',
      message: 'The data you are trying to access has been trimmed',
    });
  });

  it('an iterator that points at a record that was trimmed meanwhile cannot go on', () => {
    const { clock, bench } = benchWithClock();
    const [{ ShardId }] = shardsOf(bench);
    clock.now += MINUTE;
    bench.put({ pk: S('old') });
    clock.now += 24 * HOUR - MINUTE;
    const ShardIterator = iteratorOn(bench, ShardId);
    expect(bench.ok('GetRecords', { ShardIterator }).Records).toHaveLength(1);
    clock.now += 2 * MINUTE;
    expect(bench.refused('GetRecords', { ShardIterator }).name).toBe('TrimmedDataAccessException');
  });

  it('nothing of that is different when other records came', () => {
    const { clock, bench } = benchWithClock();
    const [{ ShardId }] = shardsOf(bench);
    clock.now += MINUTE;
    bench.put({ pk: S('old') });
    clock.now += 24 * HOUR - MINUTE;
    const ShardIterator = iteratorOn(bench, ShardId);
    clock.now += 2 * MINUTE;
    bench.put({ pk: S('new') });
    expect(bench.refused('GetRecords', { ShardIterator }).name).toBe('TrimmedDataAccessException');
  });
});
