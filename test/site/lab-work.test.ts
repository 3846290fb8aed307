/** The trees in which both engines' work is drawn. */
import { describe, expect, test } from 'vitest';
import { requestWork } from '@/components/lab/request-work.ts';
import { barScale, planWork, type WorkNode } from '@/components/lab/work.ts';
import type { DynamoDBCall, Json, Metering, PlanNode, TableUnits } from '@/engine/lab/result.ts';

const facts = (node: WorkNode) => Object.fromEntries(node.facts);

describe('a plan of PostgreSQL', () => {
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
  const scan = node({
    node: 'Seq Scan',
    relation: 'posts',
    filter: "(title = 'x'::text)",
    rows: 60,
    rowsPlanned: 5,
    rowsRemoved: 940,
    buffersHit: 10,
    buffersRead: 5,
  });
  const lookup = node({
    node: 'Index Scan',
    relation: 'users',
    index: 'users_pkey',
    condition: '(user_id = posts.user_id)',
    rows: 60,
    rowsPlanned: 60,
    loops: 60,
    buffersHit: 5,
  });
  const join = node({
    node: 'Nested Loop',
    rows: 60,
    rowsPlanned: 5,
    buffersHit: 15,
    buffersRead: 5,
    children: [scan, lookup],
  });

  test('has shares of the buffers: those of a node, without its children', () => {
    const work = planWork(join);
    expect(work.share?.part).toBe(0);
    expect(work.children.map(({ share }) => share?.part)).toEqual([0.75, 0.25]);
    expect(facts(work).Buffers).toBe('20 (0 of its own, 5 read into memory)');
  });

  test('tells what each node found, read and dropped, and how wrong the estimate was', () => {
    const [read, looked] = planWork(join).children as [WorkNode, WorkNode];
    expect([read.title, read.on, read.gave]).toEqual(['Seq Scan', 'on posts', '60 rows']);
    expect(read.read).toEqual({ kept: 60, dropped: 940 });
    expect(facts(read)).toMatchObject({
      Rows: '60, 5 planned (12 times as many)',
      Filter: "(title = 'x'::text)",
      'Dropped by it': '940 rows',
    });
    expect(looked.on).toBe('using users_pkey on users');
    expect(facts(looked)).toMatchObject({
      Rows: '60, as planned',
      Loops: '60',
      'Finds by': '(user_id = posts.user_id)',
    });
  });

  test('measures its bars by the node that read most, and draws none that would show nothing', () => {
    expect(barScale(planWork(join))).toBe(1000);
    expect(barScale(planWork(node({ node: 'Index Scan', rows: 3 })))).toBeUndefined();
    expect(barScale(planWork(node({ node: 'Insert' })))).toBeUndefined();
  });
});

describe('the work of a request to DynamoDB', () => {
  const units = (
    table: string,
    base: { read: number; write: number },
    indexes: TableUnits['indexes'] = [],
  ): TableUnits => ({
    table,
    read: indexes.reduce((sum, { read }) => sum + read, base.read),
    write: indexes.reduce((sum, { write }) => sum + write, base.write),
    base,
    indexes,
  });
  const call = (
    operation: string,
    request: Json,
    metering: Partial<Metering>,
    response: Json = {},
  ): DynamoDBCall => ({
    operation,
    request,
    status: 200,
    response,
    metering: {
      tables: [],
      itemsRead: 0,
      itemsReturned: 0,
      itemsWritten: 0,
      partitionKeys: 0,
      ...metering,
    },
  });
  const query = {
    TableName: 'Orders',
    IndexName: 'ByStatus',
    KeyConditionExpression: '#s = :s',
    FilterExpression: 'Total > :t',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':s': { S: 'Open' }, ':t': { N: '10' } },
  };
  const page = (Count: number, more: Record<string, Json>, from: Record<string, Json> = {}) =>
    call(
      'Query',
      { ...query, ...from },
      {
        tables: [
          units('Orders', { read: 0, write: 0 }, [{ index: 'ByStatus', read: 2, write: 0 }]),
        ],
        itemsRead: 30,
        itemsReturned: Count,
        partitionKeys: 1,
      },
      { Count, ScannedCount: 30, ...more },
    );

  test('tells of all pages of a read at once, with names and values in their places', () => {
    const last = { LastEvaluatedKey: { id: { S: 'x' } } };
    const work = requestWork([
      page(1, last),
      page(2, {}, { ExclusiveStartKey: last.LastEvaluatedKey }),
    ]);
    expect([work.title, work.on, work.gave]).toEqual([
      'Query',
      'on Orders, index ByStatus',
      '3 items',
    ]);
    expect(work.read).toEqual({ kept: 3, dropped: 57 });
    expect(facts(work)).toEqual({
      'Finds by': 'Status = "Open"',
      Filter: 'Total > 10',
      'Partition keys': '1',
      'Items read': '60',
      'Dropped by the filter': '57 items',
      Returned: '3 items',
      'Round trips': '2, a page of items each',
      Consistency: 'eventual: half the units',
      Units: '4 RCU',
    });
    expect(work.children).toEqual([]);
  });

  test('shows the share of each index, and each table of a transaction', () => {
    const write = units('Orders', { read: 0, write: 2 }, [
      { index: 'ByStatus', read: 0, write: 1 },
      { index: 'ByDate', read: 0, write: 1 },
    ]);
    const put = requestWork([call('PutItem', {}, { tables: [write], itemsWritten: 1 })]);
    expect(
      put.children.map(({ title, on, gave, share }) => [title, on, gave, share?.part]),
    ).toEqual([
      ['Table', 'Orders', '2 WCU', 0.5],
      ['Index', 'ByStatus', '1 WCU', 0.25],
      ['Index', 'ByDate', '1 WCU', 0.25],
    ]);
    const both = [write, units('Stock', { read: 0, write: 4 })];
    const TransactItems = [
      { Put: { TableName: 'Orders' } },
      { Update: { TableName: 'Stock' } },
      { Update: { TableName: 'Stock' } },
    ];
    const transaction = requestWork([
      call('TransactWriteItems', { TransactItems }, { tables: both, itemsWritten: 3 }),
    ]);
    expect(facts(transaction)).toMatchObject({ Actions: 'Put 1, Update 2', Units: '8 WCU' });
    expect(transaction.children.map(({ on, share }) => [on, share?.part])).toEqual([
      ['Orders', 0.25],
      ['Stock', 0.5],
    ]);
    expect(transaction.children[0]?.children.map(({ on }) => on)).toEqual(['ByStatus', 'ByDate']);
  });

  test('says dollars where it has prices of the Region', () => {
    const prices = {
      region: 'us-east-1',
      regionName: '',
      asOf: { onDemand: '2026', provisioned: '2026' },
      url: '',
      onDemand: { read: 0.125, write: 0.625 },
      provisioned: { read: 0, write: 0 },
    };
    const get = call('GetItem', {}, { tables: [units('Users', { read: 0.5, write: 0 })] });
    expect(facts(requestWork([get], prices))['A million of these']).toBe('$0.0625');
    expect(facts(requestWork([get]))).not.toHaveProperty('A million of these');
    const elsewhere = { ...get, region: 'eu-west-1' };
    expect(facts(requestWork([elsewhere], prices))).not.toHaveProperty('A million of these');
  });
});
