/** Throughput on demand: what a table takes at first, and how that grows. */
import { describe, expect, test } from 'vitest';
import { Bench, S, type TableOptions, text } from './support.ts';
import { arn, put, putsUntilRefused, type World } from './world-throttling.support.ts';

const onDemand = (world: World = {}, table: TableOptions = {}) =>
  new Bench(table, { now: () => 1_000_000, world: { throttling: true, ...world } });

describe('On demand', () => {
  test('one item takes 1,000 writes in a second; its partition then refuses, and the table scales', () => {
    const bench = onDemand();
    const item = { pk: S('hot') };
    let count = 0;
    while (put(bench, item).status === 200) count++;
    expect(count).toBe(1000);
    expect(bench.refused('PutItem', { TableName: 'Things', Item: item })).toEqual({
      name: 'ThrottlingException',
      message:
        'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
      throttlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded', resource: arn() }],
    });
  });

  test('a partition is read 3,000 units a second', () => {
    const bench = onDemand();
    bench.db.configure({});
    bench.put({ pk: S('hot'), big: text(300_000) });
    bench.db.configure({ throttling: true });
    const get = { TableName: 'Things', Key: { pk: S('hot') }, ConsistentRead: true };
    let units = 0;
    while (bench.db.handle('GetItem', get).status === 200) units += 74;
    expect(units).toBe(74 * 40);
    expect(bench.refused('GetItem', get)).toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      ThrottlingReasons: [{ reason: 'TableReadKeyRangeThroughputExceeded', resource: arn() }],
    });
  });

  test('four partitions serve 4,000 writes a second to keys that spread', () => {
    const bench = onDemand({ partitionLimits: { read: 30, write: 10 } });
    expect(bench.db.partitions('Things')).toHaveLength(4);
    let count = 0;
    for (let at = 0; at < 400; at++) if (put(bench, { pk: S(`${at}`) }).status === 200) count++;
    expect(count).toBe(40);
  });

  test('the most that was configured is kept to', () => {
    const bench = onDemand();
    bench.ok('UpdateTable', {
      TableName: 'Things',
      OnDemandThroughput: { MaxWriteRequestUnits: 3 },
    });
    expect(putsUntilRefused(bench)).toBe(3);
    expect(bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('x') } })).toEqual({
      name: 'ThrottlingException',
      message: 'Throughput exceeds the maximum OnDemandThroughput configured on table or index',
      throttlingReasons: [{ reason: 'TableWriteMaxOnDemandThroughputExceeded', resource: arn() }],
    });
    const cancelled = bench.refused('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'Things', Item: { pk: S('x') } } }],
    });
    expect(cancelled.CancellationReasons[0].Code).toBe('ThrottlingError');
  });

  test('a table grows to twice its peak within half an hour', () => {
    const bench = onDemand({ partitionLimits: { read: 30, write: 10 } });
    for (let at = 0; at < 400; at++) put(bench, { pk: S(`${at}`) });
    bench.db.advance(29 * 60_000);
    put(bench, { pk: S('a') });
    expect(bench.db.partitions('Things')).toHaveLength(4);
    bench.db.advance(60_000);
    expect(put(bench, { pk: S('a') }).world).toMatchObject([
      { kind: 'split', text: 'table Things has 8 partitions now, enough for twice its peak' },
    ]);
    expect(bench.db.partitions('Things')).toHaveLength(8);
  });
});
