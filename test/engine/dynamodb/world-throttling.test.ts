/** Throughput: what is refused when none is left, on tables, indexes and partitions, and how it comes back. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, S, text } from './support.ts';
import { arn, provisioned, put, putsUntilRefused } from './world-throttling.support.ts';

describe('A table with 5 write units provisioned', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = provisioned(5, 5);
  });

  test('takes five writes of 1 KB in a second, and refuses the sixth with the reason', () => {
    expect(putsUntilRefused(bench)).toBe(5);
    expect(bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('x') } })).toEqual({
      name: 'ProvisionedThroughputExceededException',
      message:
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      ThrottlingReasons: [{ reason: 'TableWriteProvisionedThroughputExceeded', resource: arn() }],
    });
  });

  test('changes nothing and bills nothing when it refuses', () => {
    putsUntilRefused(bench);
    const before = bench.ok('Scan', { TableName: 'Things', ConsistentRead: true });
    bench.refused('DeleteItem', { TableName: 'Things', Key: { pk: S('0') } });
    expect(bench.metering).toEqual({
      tables: [],
      itemsRead: 0,
      itemsReturned: 0,
      itemsWritten: 0,
      partitionKeys: 0,
    });
    expect(bench.ok('Scan', { TableName: 'Things', ConsistentRead: true })).toEqual(before);
  });

  test('says what is left', () => {
    putsUntilRefused(bench);
    expect(put(bench, { pk: S('x') }).world).toEqual([
      {
        kind: 'throttled',
        text: 'throttled: table Things, write: 0 of 5 units left',
        facts: {
          table: 'Things',
          limit: 'ProvisionedThroughputExceeded',
          kind: 'write',
          units: 1,
          left: 0,
          rate: 5,
        },
      },
    ]);
  });

  test('gets 5 units every second', () => {
    putsUntilRefused(bench);
    bench.db.advance(199);
    expect(putsUntilRefused(bench)).toBe(0);
    bench.db.advance(1);
    expect(putsUntilRefused(bench)).toBe(1);
    bench.db.advance(1000);
    expect(putsUntilRefused(bench)).toBe(5);
  });

  test('keeps what it does not use for five minutes, and no longer', () => {
    putsUntilRefused(bench);
    bench.db.advance(60_000);
    expect(putsUntilRefused(bench)).toBe(300);
    bench.db.advance(3_600_000);
    // 1,500 units were kept, of which the one partition gives 1,000 a second.
    expect(putsUntilRefused(bench)).toBe(1000);
    bench.db.advance(1000);
    expect(putsUntilRefused(bench)).toBe(505);
  });

  test('counts reads and writes apart', () => {
    putsUntilRefused(bench);
    for (let read = 0; read < 10; read++) bench.get({ pk: S('0') });
    expect(bench.refused('GetItem', { TableName: 'Things', Key: { pk: S('0') } })).toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      ThrottlingReasons: [{ reason: 'TableReadProvisionedThroughputExceeded', resource: arn() }],
    });
  });

  test('bills a failed condition, and refuses it when nothing is left', () => {
    const conditional = {
      TableName: 'Things',
      Item: { pk: S('a') },
      ConditionExpression: 'attribute_exists(pk)',
    };
    for (let count = 0; count < 5; count++) {
      expect(bench.refused('PutItem', conditional).name).toBe('ConditionalCheckFailedException');
    }
    expect(bench.refused('PutItem', conditional).name).toBe(
      'ProvisionedThroughputExceededException',
    );
  });

  test('lets a read that is larger than a second go into debt, which others then pay', () => {
    bench.db.configure({});
    bench.put({ pk: S('a'), big: text(390_000) });
    bench.db.configure({ throttling: true });
    expect(bench.get({ pk: S('a') }, { ConsistentRead: true })).toBeDefined();
    bench.db.advance(18_000);
    expect(bench.db.handle('GetItem', { TableName: 'Things', Key: { pk: S('z') } }).status).toBe(
      400,
    );
    bench.db.advance(1000);
    expect(bench.db.handle('GetItem', { TableName: 'Things', Key: { pk: S('z') } }).status).toBe(
      200,
    );
  });

  test('refuses Query and Scan alike', () => {
    for (let count = 0; count < 10; count++) bench.ok('Scan', { TableName: 'Things' });
    expect(bench.refused('Scan', { TableName: 'Things' }).name).toBe(
      'ProvisionedThroughputExceededException',
    );
    expect(
      bench.refused('Query', {
        TableName: 'Things',
        KeyConditionExpression: 'pk = :a',
        ExpressionAttributeValues: { ':a': S('a') },
      }).name,
    ).toBe('ProvisionedThroughputExceededException');
  });

  test('takes more at once after UpdateTable', () => {
    putsUntilRefused(bench);
    bench.ok('UpdateTable', {
      TableName: 'Things',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 50 },
    });
    bench.db.advance(1000);
    expect(putsUntilRefused(bench)).toBe(50);
  });
});

describe('Batches', () => {
  const writes = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ PutRequest: { Item: { pk: S(`${at}`) } } }));

  test('of writes give back what found no throughput', () => {
    const bench = provisioned(5, 5);
    const answer = bench.ok('BatchWriteItem', { RequestItems: { Things: writes(8) } });
    expect(answer.UnprocessedItems).toEqual({ Things: writes(8).slice(5) });
    expect(bench.metering.tables[0]?.write).toBe(5);
    bench.db.advance(1000);
    expect(
      bench.ok('BatchWriteItem', { RequestItems: answer.UnprocessedItems }).UnprocessedItems,
    ).toEqual({});
  });

  test('of reads too', () => {
    const bench = provisioned(2, 100);
    const keys = Array.from({ length: 6 }, (_, at) => ({ pk: S(`${at}`) }));
    const answer = bench.ok('BatchGetItem', {
      RequestItems: { Things: { Keys: keys, ConsistentRead: true } },
    });
    expect(answer.UnprocessedKeys).toEqual({
      Things: { Keys: keys.slice(2), ConsistentRead: true },
    });
  });

  test('fail only when nothing of them could be done', () => {
    const bench = provisioned(5, 5);
    putsUntilRefused(bench);
    expect(bench.refused('BatchWriteItem', { RequestItems: { Things: writes(2) } }).name).toBe(
      'ProvisionedThroughputExceededException',
    );
  });
});

describe('Transactions', () => {
  const puts = (count: number) => ({
    TransactItems: Array.from({ length: count }, (_, at) => ({
      Put: { TableName: 'Things', Item: { pk: S(`${at}`) } },
    })),
  });

  test('cost twice, and are cancelled as a whole when that is not there', () => {
    const bench = provisioned(5, 5);
    bench.ok('TransactWriteItems', puts(2));
    const refused = bench.refused('TransactWriteItems', puts(1));
    expect(refused.name).toBe('TransactionCanceledException');
    expect(refused.CancellationReasons).toEqual([
      {
        Code: 'ProvisionedThroughputExceeded',
        Message:
          'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      },
    ]);
  });

  test('that are cancelled use nothing and write nothing', () => {
    const bench = provisioned(5, 5);
    const refused = bench.refused('TransactWriteItems', puts(3));
    expect(refused.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual([
      'None',
      'None',
      'ProvisionedThroughputExceeded',
    ]);
    expect(bench.ok('Scan', { TableName: 'Things' }).Count).toBe(0);
    expect(putsUntilRefused(bench)).toBe(5);
  });

  test('of reads are cancelled likewise', () => {
    const bench = provisioned(3, 5);
    const gets = (count: number) => ({
      TransactItems: Array.from({ length: count }, (_, at) => ({
        Get: { TableName: 'Things', Key: { pk: S(`${at}`) } },
      })),
    });
    bench.ok('TransactGetItems', gets(1));
    expect(bench.refused('TransactGetItems', gets(1)).CancellationReasons[0].Code).toBe(
      'ProvisionedThroughputExceeded',
    );
  });
});
