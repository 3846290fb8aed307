/** Throughput of indexes: a global one has its own, a local one that of its table. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, N, S, type TableOptions } from './support.ts';
import { arn, provisioned, put } from './world-throttling.support.ts';

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
