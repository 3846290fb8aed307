/** DynamoDB Streams: what happened to a table's items in the last 24 hours. */
import { describe, expect, it } from 'vitest';
import {
  disableStream,
  enableStream,
  iteratorOn,
  readStream,
  sequenceNumbers,
  shardsOf,
  streamArn,
} from './streams.support.ts';
import { type Answer, Bench, N, S, tableRequest, text } from './support.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** A clock to be set, and a bench that goes by it, whose table has a stream. */
function benchWithClock() {
  const clock = { now: 1_750_000_000_000 };
  const bench = new Bench({}, { now: () => clock.now });
  const arn = enableStream(bench);
  return { clock, bench, arn };
}

describe('a table', () => {
  it('gets a stream when it is made, or later', () => {
    const bench = new Bench();
    bench.ok('CreateTable', {
      ...tableRequest('Logged', {}),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    const later = enableStream(bench, 'OLD_IMAGE');
    const names = bench
      .ok('ListStreams', {})
      .Streams.map(({ TableName }: Answer) => TableName as string);
    expect(names).toEqual(['Logged', 'Things']);
    const { StreamDescription } = bench.ok('DescribeStream', { StreamArn: later });
    expect(StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'OLD_IMAGE',
      TableName: 'Things',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    });
    expect(later).toMatch(/:table\/Things\/stream\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
    expect(later.endsWith(StreamDescription.StreamLabel)).toBe(true);
  });

  it('must say what the stream is to hold', () => {
    const bench = new Bench();
    const enable = { TableName: 'Things', StreamSpecification: { StreamEnabled: true } };
    expect(bench.refused('UpdateTable', enable).message).toBe(
      'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
    );
  });

  it('has one stream at a time, whose view cannot be changed', () => {
    const { bench } = benchWithClock();
    const again = {
      TableName: 'Things',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    };
    expect(bench.refused('UpdateTable', again).message).toBe(
      'Table already has an enabled stream: TableName: Things',
    );
    disableStream(bench);
    const disable = { TableName: 'Things', StreamSpecification: { StreamEnabled: false } };
    expect(bench.refused('UpdateTable', disable).message).toBe(
      'Table has no stream to disable: TableName: Things',
    );
  });
});

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

describe('an iterator', () => {
  it('begins at the oldest record, after the latest, or at or after a given one', () => {
    const { bench } = benchWithClock();
    const [{ ShardId: shard }] = shardsOf(bench);
    for (const name of ['a', 'b', 'c']) bench.put({ pk: S(name) });
    const latest = iteratorOn(bench, shard, { type: 'LATEST' });
    bench.put({ pk: S('d') });
    const sequence = sequenceNumbers(bench)[1] ?? '';

    const names = (ShardIterator: string): string =>
      bench
        .ok('GetRecords', { ShardIterator })
        .Records.map(({ dynamodb }: Answer) => dynamodb.Keys.pk.S)
        .join('');
    expect(names(iteratorOn(bench, shard))).toBe('abcd');
    expect(names(latest)).toBe('d');
    expect(names(iteratorOn(bench, shard, { type: 'AT_SEQUENCE_NUMBER', sequence }))).toBe('bcd');
    expect(names(iteratorOn(bench, shard, { type: 'AFTER_SEQUENCE_NUMBER', sequence }))).toBe('cd');
    const { StartingSequenceNumber } = shardsOf(bench)[0].SequenceNumberRange;
    const start = { type: 'AT_SEQUENCE_NUMBER', sequence: StartingSequenceNumber };
    expect(names(iteratorOn(bench, shard, start))).toBe('abcd');
  });

  it('needs a sequence number where it begins at one, and nowhere else', () => {
    const { bench, arn } = benchWithClock();
    bench.put({ pk: S('a') });
    const [{ ShardId }] = shardsOf(bench);
    const request = { StreamArn: arn, ShardId };
    for (const type of ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']) {
      const error = bench.refused('GetShardIterator', { ...request, ShardIteratorType: type });
      expect(error.name).toBe('ValidationException');
    }
    const [SequenceNumber = ''] = sequenceNumbers(bench);
    for (const type of ['TRIM_HORIZON', 'LATEST']) {
      const error = bench.refused('GetShardIterator', {
        ...request,
        ShardIteratorType: type,
        SequenceNumber,
      });
      expect(error.name).toBe('ValidationException');
    }
  });

  it('moves on over records that come later, and waits at the end of an open shard', () => {
    const { clock, bench } = benchWithClock();
    const [{ ShardId }] = shardsOf(bench);
    let ShardIterator = iteratorOn(bench, ShardId);
    const next = () => {
      const page = bench.ok('GetRecords', { ShardIterator, Limit: 2 });
      ShardIterator = page.NextShardIterator;
      return page.Records.map(({ dynamodb }: Answer) => dynamodb.Keys.pk.S);
    };
    expect(next()).toEqual([]);
    for (const name of ['a', 'b', 'c']) bench.put({ pk: S(name) });
    expect(next()).toEqual(['a', 'b']);
    expect(next()).toEqual(['c']);
    expect(next()).toEqual([]);
    clock.now += 10 * MINUTE;
    bench.put({ pk: S('d') });
    expect(next()).toEqual(['d']);
  });

  it('expires after 15 minutes', () => {
    const { clock, bench } = benchWithClock();
    const ShardIterator = iteratorOn(bench, shardsOf(bench)[0].ShardId);
    clock.now += 15 * MINUTE;
    bench.ok('GetRecords', { ShardIterator });
    clock.now += 1;
    expect(bench.refused('GetRecords', { ShardIterator })).toEqual({
      name: 'ExpiredIteratorException',
      message: 'The provided iterator exceeds the maximum age allowed.',
    });
  });

  it('is one that GetShardIterator gave', () => {
    const { bench } = benchWithClock();
    const good = iteratorOn(bench, shardsOf(bench)[0].ShardId);
    for (const ShardIterator of [
      '',
      'x',
      `${good}x`,
      good.slice(0, -4),
      good.replace('|1|', '|2|'),
    ])
      expect(bench.refused('GetRecords', { ShardIterator }).name).toBe('ValidationException');
  });
});

describe('a page of records', () => {
  it('has up to 1,000 records, or as many as asked for', () => {
    const { bench } = benchWithClock();
    for (let number = 0; number < 1001; number++) bench.put({ pk: S(`item ${number}`) });
    const ShardIterator = iteratorOn(bench, shardsOf(bench)[0].ShardId);
    expect(bench.ok('GetRecords', { ShardIterator }).Records).toHaveLength(1000);
    expect(bench.ok('GetRecords', { ShardIterator, Limit: 7 }).Records).toHaveLength(7);
    for (const Limit of [0, 1001]) {
      expect(bench.refused('GetRecords', { ShardIterator, Limit }).name).toBe(
        'ValidationException',
      );
    }
  });

  it('has up to 1 MB', () => {
    const { bench } = benchWithClock();
    for (let number = 0; number < 4; number++)
      bench.put({ pk: S(`item ${number}`), text: text(300_000) });
    const ShardIterator = iteratorOn(bench, shardsOf(bench)[0].ShardId);
    const page = bench.ok('GetRecords', { ShardIterator });
    expect(page.Records).toHaveLength(3);
    const rest = bench.ok('GetRecords', { ShardIterator: page.NextShardIterator });
    expect(rest.Records).toHaveLength(1);
  });

  it('costs no capacity of the table', () => {
    const { bench } = benchWithClock();
    bench.put({ pk: S('a') });
    const ShardIterator = iteratorOn(bench, shardsOf(bench)[0].ShardId);
    bench.ok('GetRecords', { ShardIterator });
    expect(bench.metering.tables).toEqual([]);
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

describe('a stream that is disabled', () => {
  it('stays readable for a day, its shard closed', () => {
    const { clock, bench, arn } = benchWithClock();
    bench.put({ pk: S('a') });
    disableStream(bench);
    bench.put({ pk: S('unseen') });
    const table = bench.ok('DescribeTable', { TableName: 'Things' }).Table;
    expect(table.StreamSpecification).toBeUndefined();
    expect(table.LatestStreamArn).toBe(arn);

    const { StreamDescription } = bench.ok('DescribeStream', { StreamArn: arn });
    expect(StreamDescription.StreamStatus).toBe('DISABLED');
    expect(StreamDescription.Shards).toHaveLength(1);
    expect(StreamDescription.Shards[0].SequenceNumberRange.EndingSequenceNumber).toBeDefined();
    expect(readStream(bench, arn).map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual(['a']);

    clock.now += 24 * HOUR + 1;
    expect(bench.refused('DescribeStream', { StreamArn: arn })).toEqual({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Stream: ${arn} not found`,
    });
    expect(bench.ok('ListStreams', {}).Streams).toEqual([]);
  });

  it('is another one when enabled again', () => {
    const { bench, arn } = benchWithClock();
    bench.put({ pk: S('a') });
    disableStream(bench);
    const second = enableStream(bench);
    expect(second).not.toBe(arn);
    bench.put({ pk: S('b') });
    const names = (stream: string) =>
      readStream(bench, stream).map(({ dynamodb }) => dynamodb.Keys.pk.S);
    expect([names(arn), names(second)]).toEqual([['a'], ['b']]);
    const listed = bench.ok('ListStreams', { TableName: 'Things' }).Streams;
    expect(listed.map(({ StreamArn }: Answer) => StreamArn)).toEqual([arn, second]);
  });

  it('is what the stream of a deleted table becomes', () => {
    const { bench, arn } = benchWithClock();
    bench.put({ pk: S('a') });
    bench.ok('DeleteTable', { TableName: 'Things' });
    const { StreamDescription } = bench.ok('DescribeStream', { StreamArn: arn });
    expect(StreamDescription).toMatchObject({ StreamStatus: 'DISABLED', TableName: 'Things' });
    expect(readStream(bench, arn)).toHaveLength(1);
    // A new table of that name has nothing to do with it.
    bench.ok('CreateTable', tableRequest('Things', {}));
    enableStream(bench);
    expect(readStream(bench)).toEqual([]);
    expect(readStream(bench, arn)).toHaveLength(1);
  });
});

describe('requests', () => {
  it('list streams page by page', () => {
    const bench = new Bench();
    for (const name of ['One', 'Two', 'Three']) {
      bench.ok('CreateTable', {
        ...tableRequest(name, {}),
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      });
    }
    const seen: string[] = [];
    let start: string | undefined;
    do {
      const page = bench.ok('ListStreams', {
        Limit: 1,
        ...(start && { ExclusiveStartStreamArn: start }),
      });
      expect(page.Streams).toHaveLength(1);
      seen.push(page.Streams[0].TableName);
      start = page.LastEvaluatedStreamArn;
    } while (start);
    expect(seen.sort()).toEqual(['One', 'Three', 'Two']);
    expect(bench.ok('ListStreams', { TableName: 'Things' }).Streams).toEqual([]);
  });

  it('refuse what is no stream, no shard, no sequence number of the shard', () => {
    const { bench, arn } = benchWithClock();
    const [{ ShardId }] = shardsOf(bench);
    const latest = { ShardId, ShardIteratorType: 'LATEST' };
    const notAnArn = 'x'.repeat(40);
    expect(bench.refused('DescribeStream', { StreamArn: notAnArn }).name).toBe(
      'ValidationException',
    );
    expect(bench.refused('DescribeStream', {}).message).toBe(
      "1 validation error detected: Value null at 'streamArn' failed to satisfy constraint: Member must not be null",
    );
    expect(bench.refused('GetShardIterator', { StreamArn: `${arn}0`, ...latest }).name).toBe(
      'ResourceNotFoundException',
    );
    expect(
      bench.refused('GetShardIterator', {
        StreamArn: arn,
        ShardId: 'shardId-00000000000000000000-00000000',
        ShardIteratorType: 'LATEST',
      }).name,
    ).toBe('ResourceNotFoundException');
    expect(
      bench.refused('GetShardIterator', {
        StreamArn: arn,
        ShardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: '1'.repeat(21),
      }).name,
    ).toBe('ValidationException');
    const none = bench.ok('DescribeStream', {
      StreamArn: arn,
      ExclusiveStartShardId: `shardId-${'9'.repeat(20)}-00000000`,
    });
    expect(none.StreamDescription.Shards).toEqual([]);
  });

  it('do not mind how long the table has been there', () => {
    const { clock, bench } = benchWithClock();
    clock.now += 365 * 24 * HOUR;
    bench.put({ pk: S('a') });
    expect(readStream(bench)).toHaveLength(1);
    expect(streamArn(bench)).toContain('/stream/2025-06-15T');
  });
});
