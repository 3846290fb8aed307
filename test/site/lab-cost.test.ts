/** The sums below each side of a lab. */
import { expect, test } from 'vitest';
import { dynamoDbCost, postgresCost } from '@/components/lab/cost.ts';
import type { DynamoDBCall, PlanNode, StatementResult, TableUnits } from '@/engine/lab/result.ts';

const call = (
  table: TableUnits,
  itemsRead = 0,
  itemsReturned = 0,
  itemsWritten = 0,
): DynamoDBCall => ({
  operation: 'Any',
  request: {},
  status: 200,
  response: {},
  metering: { tables: [table], itemsRead, itemsReturned, itemsWritten, partitionKeys: 0 },
});

test('DynamoDB: units and items of all requests, each table with the share of its indexes', () => {
  const write: TableUnits = {
    table: 'Posts',
    read: 0,
    write: 2,
    base: { read: 0, write: 1 },
    indexes: [{ index: 'by-author', read: 0, write: 1 }],
  };
  const query: TableUnits = {
    table: 'Posts',
    read: 0.5,
    write: 0,
    base: { read: 0, write: 0 },
    indexes: [{ index: 'by-author', read: 0.5, write: 0 }],
  };
  const get: TableUnits = {
    table: 'Users',
    read: 0.5,
    write: 0,
    base: { read: 0.5, write: 0 },
    indexes: [],
  };
  const calls = [call(write, 0, 0, 1), call(query, 5, 2), call(get, 1, 1)];
  const before = structuredClone(calls);
  expect(dynamoDbCost([{ name: '', status: 'ok', console: [], calls }])).toEqual({
    requests: 3,
    pages: 0,
    read: 1,
    write: 2,
    itemsRead: 6,
    itemsReturned: 3,
    itemsWritten: 1,
    tables: [
      {
        table: 'Posts',
        read: 0.5,
        write: 2,
        base: { read: 0, write: 1 },
        indexes: [{ index: 'by-author', read: 0.5, write: 1 }],
      },
      get,
    ],
  });
  expect(calls).toEqual(before);
});

test('PostgreSQL: pages and rows of what was executed, the indexes used, the tables read whole', () => {
  const node = (of: Partial<PlanNode>): PlanNode => ({
    node: 'Result',
    rowsPlanned: 1,
    rows: 1,
    loops: 1,
    rowsRemoved: 0,
    buffersHit: 0,
    buffersRead: 0,
    walBytes: 0,
    children: [],
    ...of,
  });
  const plan = node({
    node: 'Nested Loop',
    children: [
      node({ node: 'Seq Scan', relation: 'orders' }),
      node({ node: 'Index Scan', relation: 'customers', index: 'customers_pkey' }),
    ],
  });
  const select: StatementResult = {
    sql: 'SELECT ...',
    line: 1,
    tag: 'SELECT 2',
    rowCount: 2,
    notices: [],
    cost: { plan, buffersHit: 4, buffersRead: 1, walBytes: 0, rowsScanned: 40 },
  };
  const begin: StatementResult = { sql: 'BEGIN', line: 1, tag: 'BEGIN', notices: [] };
  expect(postgresCost([{ name: '', status: 'ok', statements: [begin, select] }])).toEqual({
    statements: 2,
    buffers: 5,
    rowsScanned: 40,
    rowsReturned: 2,
    walBytes: 0,
    indexes: ['customers_pkey'],
    scanned: ['orders'],
  });
});
