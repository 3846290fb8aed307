/** Time to live: items that say when they expire, and are deleted some time after. */
import { describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { enableStream, readStream } from './streams.support.ts';
import { Bench, N, S, type TableOptions, tableRequest } from './support.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
const START = 1_750_000_000_000;

/** Items are deleted that long after they have expired, unless the world says otherwise. */
const DELAY = 30 * MINUTE;

const specify = (Enabled: boolean, AttributeName = 'expires') => ({
  TableName: 'Things',
  TimeToLiveSpecification: { Enabled, AttributeName },
});

/** A clock to be set, and a bench that goes by it, whose items expire. */
function benchWithClock(table: TableOptions = {}) {
  const clock = { now: START };
  const bench = new Bench(table, { now: () => clock.now });
  bench.ok('UpdateTimeToLive', specify(true));
  /** When something expires that has so many milliseconds left: seconds since 1970. */
  const expires = (left: number) => N((clock.now + left) / 1000);
  const keys = () =>
    bench
      .ok('Scan', { TableName: 'Things' })
      .Items.map(({ pk }: { pk: { S: string } }) => pk.S)
      .sort();
  return { clock, bench, expires, keys };
}

describe('UpdateTimeToLive', () => {
  it('names the attribute that says when, and holds at once', () => {
    const bench = new Bench();
    const status = () =>
      bench.ok('DescribeTimeToLive', { TableName: 'Things' }).TimeToLiveDescription;
    expect(status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(bench.ok('UpdateTimeToLive', specify(true))).toEqual({
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    });
    expect(status()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  });

  it('refuses what is so already, and another attribute', () => {
    const { bench } = benchWithClock();
    const message = (request: Json) => bench.refused('UpdateTimeToLive', request).message;
    expect(message(specify(true))).toBe('TimeToLive is already enabled');
    for (const enabled of [true, false]) {
      expect(message(specify(enabled, 'other'))).toBe(
        'TimeToLive is active on a different AttributeName: current AttributeName is expires',
      );
    }
    bench.ok('CreateTable', tableRequest('Others', {}));
    expect(message({ ...specify(false), TableName: 'Others' })).toBe(
      'TimeToLive is already disabled',
    );
  });

  it('goes through once an hour', () => {
    const { clock, bench } = benchWithClock();
    clock.now += HOUR - 1;
    expect(bench.refused('UpdateTimeToLive', specify(false))).toEqual({
      name: 'ValidationException',
      message: 'Time to live has been modified multiple times within a fixed interval',
    });
    clock.now += 1;
    bench.ok('UpdateTimeToLive', specify(false));
    expect(bench.ok('DescribeTimeToLive', { TableName: 'Things' })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });
    clock.now += HOUR;
    bench.ok('UpdateTimeToLive', specify(true, 'another'));
  });

  it('needs a table, and a name of 1 to 255 characters', () => {
    const bench = new Bench();
    const none = { ...specify(true), TableName: 'Nothing' };
    for (const operation of ['UpdateTimeToLive', 'DescribeTimeToLive']) {
      const request = operation === 'UpdateTimeToLive' ? none : { TableName: 'Nothing' };
      expect(bench.refused(operation, request)).toEqual({
        name: 'ResourceNotFoundException',
        message: 'Requested resource not found: Table: Nothing not found',
      });
    }
    for (const name of ['', 'x'.repeat(256)]) {
      expect(bench.refused('UpdateTimeToLive', specify(true, name)).message).toMatch(
        /at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length/,
      );
    }
    expect(bench.refused('UpdateTimeToLive', { TableName: 'Things' }).message).toBe(
      "1 validation error detected: Value null at 'timeToLiveSpecification' failed to satisfy constraint: Member must not be null",
    );
  });
});

describe('an item that has expired', () => {
  it('can be read and changed until it is deleted, some time later', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.put({ pk: S('session'), expires: expires(MINUTE) });
    bench.put({ pk: S('kept') });
    clock.now += MINUTE + DELAY;
    expect(keys()).toEqual(['kept', 'session']);
    clock.now += 1;
    expect(keys()).toEqual(['kept']);
    expect(bench.get({ pk: S('session') })).toBeUndefined();
    expect(bench.ok('DescribeTable', { TableName: 'Things' }).Table.ItemCount).toBe(1);
  });

  it('is what a query must leave out itself until then', () => {
    const { clock, bench, expires } = benchWithClock();
    bench.put({ pk: S('session'), expires: expires(MINUTE) });
    clock.now += 2 * MINUTE;
    const query = {
      TableName: 'Things',
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'expires > :now',
      ExpressionAttributeValues: { ':pk': S('session'), ':now': expires(0) },
    };
    expect(bench.ok('Query', query)).toMatchObject({ Count: 0, ScannedCount: 1 });
  });

  it('lives on when it is written with a later time, or without one', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    for (const name of ['later', 'never', 'gone'])
      bench.put({ pk: S(name), expires: expires(MINUTE) });
    clock.now += 2 * MINUTE;
    bench.update({ pk: S('later') }, 'SET expires = :later', {
      ExpressionAttributeValues: { ':later': expires(DAY) },
    });
    bench.update({ pk: S('never') }, 'REMOVE expires');
    clock.now += DELAY;
    expect(keys()).toEqual(['later', 'never']);
    clock.now += 2 * DAY;
    expect(keys()).toEqual(['never']);
  });

  it('leaves the indexes too', () => {
    const { clock, bench, expires } = benchWithClock({
      keys: 'pk:S, sk:S',
      global: { ByUser: { keys: 'user:S' } },
      local: { ByTime: { keys: 'pk:S, expires:N' } },
    });
    bench.put({ pk: S('a'), sk: S('b'), user: S('u'), expires: expires(MINUTE) });
    clock.now += DAY;
    for (const IndexName of ['ByUser', 'ByTime']) {
      expect(bench.ok('Scan', { TableName: 'Things', IndexName }).Items).toEqual([]);
    }
    const { Table } = bench.ok('DescribeTable', { TableName: 'Things' });
    expect(Table.TableSizeBytes).toBe(0);
    expect(Table.GlobalSecondaryIndexes[0]).toMatchObject({ ItemCount: 0, IndexSizeBytes: 0 });
  });

  it('is deleted at no cost', () => {
    const { clock, bench, expires } = benchWithClock();
    bench.put({ pk: S('session'), expires: expires(MINUTE) });
    clock.now += DAY;
    bench.get({ pk: S('session') }, { ConsistentRead: true });
    expect(bench.metering).toMatchObject({
      tables: [{ table: 'Things', read: 1, write: 0 }],
      itemsWritten: 0,
    });
  });

  it('has a record in the stream that says who deleted it', () => {
    const { clock, bench, expires } = benchWithClock();
    enableStream(bench);
    const item = { pk: S('session'), expires: expires(MINUTE) };
    bench.put(item);
    clock.now += DAY - HOUR;
    const [insert, remove] = readStream(bench);
    expect(insert.userIdentity).toBeUndefined();
    expect(remove).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      dynamodb: {
        Keys: { pk: S('session') },
        OldImage: item,
        // When it was due, whoever asks how much later.
        ApproximateCreationDateTime: (START + MINUTE + DELAY) / 1000,
      },
    });
  });

  it('is deleted in the order of the times', () => {
    const { clock, bench, expires } = benchWithClock();
    enableStream(bench);
    for (const minutes of [30, 10, 20])
      bench.put({ pk: S(`in ${minutes} minutes`), expires: expires(minutes * MINUTE) });
    clock.now += DAY - HOUR;
    const removed = readStream(bench).filter(({ eventName }) => eventName === 'REMOVE');
    expect(removed.map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual([
      'in 10 minutes',
      'in 20 minutes',
      'in 30 minutes',
    ]);
  });
});

describe('an item stays', () => {
  const stays: Array<[why: string, expires: Json]> = [
    ['its time is text', S('1')],
    ['its time is a set of numbers', { NS: ['1749999999'] }],
    ['its time is in milliseconds', N(START - DAY)],
    ['its time is negative', N(-1)],
    ['its time is 0, more than five years ago', N(0)],
    [
      'it had expired for more than five years when it was written',
      N((START - 5 * YEAR) / 1000 - 1),
    ],
    ['its time is larger than any clock', N('1e100')],
  ];
  it.each(stays)('when %s', (_, expires) => {
    const { clock, bench, keys } = benchWithClock();
    bench.put({ pk: S('item'), expires });
    bench.put({ pk: S('other'), expires: N((START - 5 * YEAR) / 1000 + 1) });
    clock.now += DAY;
    expect(keys()).toEqual(['item']);
    clock.now += 10 * YEAR;
    expect(keys()).toEqual(['item']);
  });

  it('when the attribute is another one, or within a map', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.put({ pk: S('a'), expiry: expires(0) });
    bench.put({ pk: S('b'), map: { M: { expires: expires(0) } } });
    clock.now += DAY;
    expect(keys()).toEqual(['a', 'b']);
  });

  it('but not because nobody asked for it in years', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.put({ pk: S('item'), expires: expires(MINUTE) });
    clock.now += 10 * YEAR;
    expect(keys()).toEqual([]);
  });
});

describe('time to live', () => {
  it('applies to items that are there already, and to those of a dataset', () => {
    const clock = { now: START };
    const bench = new Bench({}, { now: () => clock.now });
    bench.put({ pk: S('before'), expires: N(START / 1000) });
    bench.ok('UpdateTimeToLive', specify(true));
    bench.db.load([], { Things: [{ pk: S('loaded'), expires: N(START / 1000) }] });
    clock.now += DAY;
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
  });

  it('ends when it is disabled', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.put({ pk: S('item'), expires: expires(HOUR) });
    clock.now += HOUR;
    bench.ok('UpdateTimeToLive', specify(false));
    clock.now += DAY;
    expect(keys()).toEqual(['item']);
  });

  it('is part of a snapshot', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.put({ pk: S('item'), expires: expires(HOUR) });
    const snapshot = bench.db.snapshot();
    clock.now += DAY;
    expect(keys()).toEqual([]);
    clock.now = START;
    bench.db.restore(snapshot);
    expect(keys()).toEqual(['item']);

    const other = createDynamoDB({ now: () => START + DAY });
    other.restore(snapshot);
    expect(other.handle('Scan', { TableName: 'Things' }).body).toMatchObject({ Count: 0 });
    expect(keys()).toEqual(['item']);
  });

  it('deletes as much later as the world says', () => {
    const { clock, bench, expires, keys } = benchWithClock();
    bench.db.configure({ ttlDelay: 2 * DAY });
    bench.put({ pk: S('item'), expires: expires(HOUR) });
    clock.now += HOUR + 2 * DAY;
    expect(keys()).toEqual(['item']);
    clock.now += 1;
    expect(keys()).toEqual([]);
  });
});
