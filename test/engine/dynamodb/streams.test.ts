/** DynamoDB Streams: tables that have one, streams that are disabled, and requests that are refused. */
import { describe, expect, it } from 'vitest';
import {
  benchWithClock,
  disableStream,
  enableStream,
  HOUR,
  readStream,
  shardsOf,
  streamArn,
} from './streams.support.ts';
import { type Answer, Bench, S, tableRequest } from './support.ts';

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
