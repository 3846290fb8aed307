/** DynamoDB Streams: where an iterator begins, and the pages of records that it reads. */
import { describe, expect, it } from 'vitest';
import {
  benchWithClock,
  iteratorOn,
  MINUTE,
  sequenceNumbers,
  shardsOf,
} from './streams.support.ts';
import { type Answer, S, text } from './support.ts';

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
