/** Throughput: what is refused when none is left, on tables, indexes and partitions, and how it comes back. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { DynamoDBOptions } from '../../../.generated/dynamodb/engine.js';
import type { Json } from '../../../src/engine/lab/result.ts';
import { Bench, N, S, type TableOptions, tableRequest, text } from './support.ts';

type World = NonNullable<DynamoDBOptions['world']>;

/** A bench whose clock stands still unless it is set forward, with a table of that throughput. */
function provisioned(
  read: number,
  write: number,
  {
    world = {},
    table = {},
    index = { read: 100, write: 100 },
  }: {
    world?: World;
    table?: TableOptions;
    index?: { read: number; write: number };
  } = {},
): Bench {
  const bench = new Bench({}, { now: () => 1_000_000, world: { throttling: true, ...world } });
  bench.ok('DeleteTable', { TableName: 'Things' });
  const {
    BillingMode: _,
    GlobalSecondaryIndexes = [],
    ...request
  } = tableRequest('Things', table) as {
    BillingMode: string;
    GlobalSecondaryIndexes?: Array<Record<string, Json>>;
  };
  const units = (r: number, w: number) => ({ ReadCapacityUnits: r, WriteCapacityUnits: w });
  bench.ok('CreateTable', {
    ...request,
    ProvisionedThroughput: units(read, write),
    ...(GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((one) => ({
        ...one,
        ProvisionedThroughput: units(index.read, index.write),
      })),
    }),
  } as Json);
  return bench;
}

const onDemand = (world: World = {}, table: TableOptions = {}) =>
  new Bench(table, { now: () => 1_000_000, world: { throttling: true, ...world } });

const put = (bench: Bench, item: Record<string, Json>) =>
  bench.db.handle('PutItem', { TableName: 'Things', Item: item });

/** How many puts of different items go through, one after the other, until one is refused. */
function putsUntilRefused(bench: Bench, most = 10_000): number {
  for (let count = 0; count < most; count++) {
    if (put(bench, { pk: S(`${count}`) }).status !== 200) return count;
  }
  return most;
}

const arn = (index = '') =>
  `arn:aws:dynamodb:us-east-1:123456789012:table/Things${index && `/index/${index}`}`;

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

describe('A global index with 2 write units', () => {
  const table: TableOptions = { global: { byColour: { keys: 'colour:S' } } };
  let bench: Bench;
  beforeEach(() => {
    bench = provisioned(100, 100, { table, index: { read: 1, write: 2 } });
  });

  test('holds back the writes of its table that change it, and no others', () => {
    bench.put({ pk: S('a'), colour: S('red') });
    bench.put({ pk: S('b'), colour: S('red') });
    expect(
      bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('c'), colour: S('red') } }),
    ).toEqual({
      name: 'ProvisionedThroughputExceededException',
      message:
        'The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API',
      ThrottlingReasons: [
        { reason: 'IndexWriteProvisionedThroughputExceeded', resource: arn('byColour') },
      ],
    });
    bench.put({ pk: S('d') });
  });

  test('pays twice for an entry that moves', () => {
    bench.put({ pk: S('a'), colour: S('red') });
    expect(put(bench, { pk: S('a'), colour: S('blue') }).status).toBe(400);
    bench.db.advance(1000);
    expect(put(bench, { pk: S('a'), colour: S('blue') }).status).toBe(200);
  });

  test('is read from its own throughput', () => {
    const query = { TableName: 'Things', IndexName: 'byColour' };
    bench.ok('Scan', query);
    bench.ok('Scan', query);
    expect(bench.refused('Scan', query).ThrottlingReasons).toEqual([
      { reason: 'IndexReadProvisionedThroughputExceeded', resource: arn('byColour') },
    ]);
    bench.ok('Scan', { TableName: 'Things' });
  });
});

test('A local index uses the throughput of its table', () => {
  const bench = provisioned(100, 2, {
    table: { keys: 'pk:S, sk:S', local: { byAge: { keys: 'pk:S, age:N' } } },
  });
  bench.put({ pk: S('a'), sk: S('1'), age: N(1) });
  expect(
    bench.refused('PutItem', { TableName: 'Things', Item: { pk: S('a'), sk: S('2') } })
      .ThrottlingReasons,
  ).toEqual([{ reason: 'TableWriteProvisionedThroughputExceeded', resource: arn() }]);
});

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
