/** A table's journal: what happened to it, for those who follow it, seen through a stream. */
import { describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { enableStream, readStream, sequenceNumbers } from './streams.support.ts';
import { Bench, S } from './support.ts';

const HOUR = 60 * 60 * 1000;

describe('sequence numbers', () => {
  it('are 21 digits, and grow with each change, also within one millisecond', () => {
    const bench = new Bench({}, { now: () => 1_700_000_000_000 });
    enableStream(bench);
    for (let number = 0; number < 5; number++) bench.put({ pk: S(`item ${number}`) });
    const numbers = sequenceNumbers(bench);
    expect(numbers).toHaveLength(5);
    for (const number of numbers) expect(number).toMatch(/^[1-9]\d{20}$/);
    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  it('keep growing when the clock is set back', () => {
    let now = 10 * HOUR;
    const bench = new Bench({}, { now: () => now });
    enableStream(bench);
    bench.put({ pk: S('first') });
    now -= HOUR;
    bench.put({ pk: S('second') });
    expect(readStream(bench).map((record) => record.dynamodb.Keys.pk.S)).toEqual([
      'first',
      'second',
    ]);
    const numbers = sequenceNumbers(bench);
    expect(numbers).toEqual([...numbers].sort());
  });

  it('are the same in every run', () => {
    const run = () => {
      const bench = new Bench({}, { now: () => 12_345 });
      enableStream(bench);
      bench.put({ pk: S('one') });
      bench.update({ pk: S('one') }, 'SET a = pk');
      return readStream(bench);
    };
    expect(run()).toEqual(run());
  });
});

describe('a change', () => {
  it('is one that changes something: writing what is there already makes no record', () => {
    const bench = new Bench();
    enableStream(bench);
    bench.put({ pk: S('one'), tags: { SS: ['a', 'b'] } });
    bench.put({ pk: S('one'), tags: { SS: ['b', 'a'] } });
    bench.update({ pk: S('one') }, 'REMOVE nothing');
    bench.ok('DeleteItem', { TableName: 'Things', Key: { pk: S('another') } });
    bench.update({ pk: S('another') }, 'REMOVE nothing');
    expect(readStream(bench).map((record) => record.eventName)).toEqual(['INSERT']);
  });

  it('is not one that was refused', () => {
    const bench = new Bench();
    enableStream(bench);
    bench.refused('PutItem', {
      TableName: 'Things',
      Item: { pk: S('one') },
      ConditionExpression: 'attribute_exists(pk)',
    });
    bench.refused('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Things', Item: { pk: S('one') } } },
        {
          ConditionCheck: {
            TableName: 'Things',
            Key: { pk: S('two') },
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
      ],
    });
    expect(readStream(bench)).toEqual([]);
  });

  it('is made by every operation that writes', () => {
    const bench = new Bench();
    enableStream(bench);
    bench.put({ pk: S('put') });
    bench.update({ pk: S('updated') }, 'SET a = pk');
    bench.ok('BatchWriteItem', {
      RequestItems: { Things: [{ PutRequest: { Item: { pk: S('batch') } } }] },
    });
    bench.ok('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Things', Item: { pk: S('transaction') } } },
        { Delete: { TableName: 'Things', Key: { pk: S('put') } } },
      ],
    });
    const seen = readStream(bench).map(
      (record) => `${record.eventName} ${record.dynamodb.Keys.pk.S}`,
    );
    expect(seen).toEqual([
      'INSERT put',
      'INSERT updated',
      'INSERT batch',
      'INSERT transaction',
      'REMOVE put',
    ]);
  });

  it('is not made by loading a dataset', () => {
    const bench = new Bench();
    enableStream(bench);
    bench.db.load([], { Things: [{ pk: S('loaded') }] });
    expect(bench.get({ pk: S('loaded') })).toEqual({ pk: S('loaded') });
    expect(readStream(bench)).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('holds the journal, which goes on apart from it', () => {
    const bench = new Bench();
    enableStream(bench);
    bench.put({ pk: S('before') });
    const snapshot = bench.db.snapshot();
    bench.put({ pk: S('after') });
    expect(readStream(bench)).toHaveLength(2);

    bench.db.restore(snapshot);
    expect(readStream(bench).map((record) => record.dynamodb.Keys.pk.S)).toEqual(['before']);
    bench.put({ pk: S('otherwise') });
    expect(readStream(bench).map((record) => record.dynamodb.Keys.pk.S)).toEqual([
      'before',
      'otherwise',
    ]);

    const other = createDynamoDB();
    other.restore(snapshot);
    expect(other.handle('ListStreams', {}).body).toEqual(bench.ok('ListStreams', {}));
  });

  it('holds streams as they were, disabled later or not', () => {
    const bench = new Bench();
    const arn = enableStream(bench);
    const snapshot = bench.db.snapshot();
    bench.ok('DeleteTable', { TableName: 'Things' });
    const status = () =>
      bench.ok('DescribeStream', { StreamArn: arn }).StreamDescription.StreamStatus;
    expect(status()).toBe('DISABLED');
    bench.db.restore(snapshot);
    expect(status()).toBe('ENABLED');
    bench.put({ pk: S('one') });
    expect(readStream(bench)).toHaveLength(1);
  });
});
