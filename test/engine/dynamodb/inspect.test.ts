/** Tables, indexes, partitions and items as a data browser shows them, at the states of a run. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { openDynamoDBSession } from '../../../src/engine/dynamodb-session.ts';
import type { InspectableDynamoDB } from '../../../src/engine/lab/engines.ts';
import type { Moment, RowRange } from '../../../src/engine/lab/inspect-rows.ts';
import type { Json } from '../../../src/engine/lab/result.ts';

const db: InspectableDynamoDB = openDynamoDBSession(
  createDynamoDB,
  () => import('../../../.generated/dynamodb/inspect.js'),
);
beforeEach(() => db.reset('inkwell'));

async function ask(operation: string, request: Json): Promise<void> {
  const { status, body } = await db.handle(operation, request);
  if (status !== 200) throw new Error(JSON.stringify(body));
}

async function tableOf(name: string, moment: Moment = {}) {
  const { tables } = await db.describe(moment);
  return tables.find((table) => table.name === name);
}

/** Items of a table in short: `+`, `~` or `-`, the values of the attributes, and in brackets those from before. */
async function items(name: string, range: RowRange = {}, moment: Moment = {}): Promise<string[]> {
  const { rows } = await db.readRows({ name }, range, moment);
  const text = (value: Json | undefined) =>
    value === undefined ? '' : String(Object.values(value as object)[0]);
  return rows.map(({ change, values, before }) => {
    const mark = change ? { added: '+', changed: '~', removed: '-' }[change] : ' ';
    const old = before?.map(({ column, value }) => `${column}: ${text(value)}`).join();
    return `${mark} ${values.map(text).join(' ')}${old === undefined ? '' : ` [${old}]`}`;
  });
}

const makeTable = () =>
  ask('CreateTable', {
    TableName: 'Trips',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'city'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-city',
        KeySchema: [{ AttributeName: 'city', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['days'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
  });

const put = (pk: string, sk: string, rest: { [name: string]: Json } = {}) =>
  ask('PutItem', { TableName: 'Trips', Item: { pk: { S: pk }, sk: { S: sk }, ...rest } });

describe('a table is described', () => {
  it('with its key, its indexes, their sizes and its partitions', async () => {
    await makeTable();
    await put('a', '1', { city: { S: 'Oslo' }, days: { N: '3' } });
    await put('a', '2');
    const table = await tableOf('Trips');
    expect(table).toMatchObject({
      columns: [
        { name: 'city', type: 'S', nullable: true },
        { name: 'pk', type: 'S', nullable: false },
        { name: 'sk', type: 'S', nullable: false },
      ],
      key: ['pk', 'sk'],
      rows: { count: 2, exact: true },
      bytes: { table: 26, indexes: 20 },
      dynamodb: {
        status: 'ACTIVE',
        billing: 'on-demand',
        partitionKey: ['pk'],
        stream: 'KEYS_ONLY',
      },
    });
    expect(table?.indexes).toEqual([
      {
        name: 'by-city',
        kind: 'global',
        keys: ['city'],
        includes: ['pk', 'sk', 'days'],
        bytes: 20,
        rows: { count: 1, exact: true },
        dynamodb: { status: 'ACTIVE', partitionKey: ['city'], projection: 'INCLUDE' },
      },
    ]);
    const own = table?.dynamodb?.partitions.filter(({ index }) => index === undefined) ?? [];
    expect(own.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(own.reduce((sum, { items: count }) => sum + count, 0)).toBe(2);
  });
});

describe('a page of items', () => {
  it('tells in which partition each lies and how large it is', async () => {
    await makeTable();
    await put('a', '1', { days: { N: '3' } });
    const { columns, rows, total } = await db.readRows({ name: 'Trips' });
    expect(columns).toEqual([
      { name: 'pk', type: 'S' },
      { name: 'sk', type: 'S' },
      { name: 'days', type: 'N' },
    ]);
    expect(total).toBe(1);
    expect(rows).toEqual([
      {
        values: [{ S: 'a' }, { S: '1' }, { N: '3' }],
        place: { partition: expect.any(Number), bytes: 12 },
      },
    ]);
    const partitions = (await tableOf('Trips'))?.dynamodb?.partitions ?? [];
    const holder = partitions.find(({ index, items: count }) => index === undefined && count === 1);
    expect(rows[0]?.place).toMatchObject({ partition: holder?.id });
  });

  it('comes in the order of a Scan, of the table or of an index', async () => {
    const scanned = await db.inspect('Scan', { TableName: 'Orders', Limit: 7 });
    const { rows, columns } = await db.readRows({ name: 'Orders' }, { count: 7 });
    const read = rows.map(({ values }) =>
      Object.fromEntries(
        columns.flatMap(({ name }, at) => (values[at] ? [[name, values[at]]] : [])),
      ),
    );
    expect(read).toEqual(scanned.body['Items']);
    await makeTable();
    await put('a', '1', { city: { S: 'Oslo' }, more: { S: 'x' } });
    await put('a', '2', { more: { S: 'y' } });
    expect(await items('Trips', { index: 'by-city' })).toEqual(['  Oslo a 1']);
  });

  it('of a table or state that is not there is refused', async () => {
    await expect(items('Nowhere')).rejects.toThrow('There is no table Nowhere.');
    await expect(items('Orders', { index: 'x' })).rejects.toThrow(
      'There is no table Orders with an index x.',
    );
    await expect(items('Orders', {}, { state: 3 })).rejects.toThrow('not kept any more');
  });
});

describe('states of a run', () => {
  beforeEach(async () => {
    await db.keepState(0);
    await makeTable();
    await put('a', '1', { days: { N: '3' } });
    await put('a', '2');
    await db.keepState(1);
    await put('a', '1', { days: { N: '4' }, city: { S: 'Oslo' } });
    await put('a', '3');
    await ask('DeleteItem', { TableName: 'Trips', Key: { pk: { S: 'a' }, sk: { S: '2' } } });
    await ask('UpdateTimeToLive', {
      TableName: 'Trips',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' },
    });
    await db.keepState(2);
  });

  it('show the items that there were, and what had become of them since another state', async () => {
    expect(await items('Trips', {}, { state: 1 })).toEqual(['  a 1 3', '  a 2 ']);
    expect(await items('Trips', {}, { state: 2, since: 1 })).toEqual([
      '~ a 1 4 Oslo [2: 3,3: ]',
      '- a 2  ',
      '+ a 3  ',
    ]);
    expect(
      await items('Trips', { changedOnly: true, index: 'by-city' }, { state: 2, since: 1 }),
    ).toEqual(['+ Oslo a 1 4']);
    expect(await items('Orders', { changedOnly: true }, { state: 2, since: 0 })).toEqual([]);
  });

  it('tell what became of tables and how many items have changed', async () => {
    expect(await tableOf('Trips', { state: 2, since: 0 })).toMatchObject({
      change: 'added',
      rowChanges: { added: 2, changed: 0, removed: 0 },
    });
    expect(await tableOf('Trips', { state: 2, since: 1 })).toMatchObject({
      change: 'changed',
      rowChanges: { added: 1, changed: 1, removed: 1 },
      dynamodb: { timeToLive: 'until' },
    });
    const { tables } = await db.describe({ state: 2, since: 0 });
    expect(tables.filter(({ change, rowChanges }) => change || rowChanges)).toHaveLength(1);
    expect((await db.describe({ state: 0 })).tables.map(({ name }) => name)).not.toContain('Trips');
  });

  it('are gone after a reset', async () => {
    await db.reset('inkwell');
    await expect(db.describe({ state: 1 })).rejects.toThrow('not kept any more');
  });
});

describe('looking', () => {
  it('leaves no trace: neither in the clock nor in chance nor in what requests meet', async () => {
    const world = { faults: { rate: 0.5 }, clock: 10, replicaLag: 1000 };
    const run = async (look: () => Promise<unknown>) => {
      await db.reset('inkwell', world);
      const answers = [];
      for (let request = 0; request < 12; request += 1) {
        await look();
        answers.push(await db.handle('UpdateItem', update(request)));
      }
      answers.push(await db.handle('Scan', { TableName: 'Orders', Limit: 3 }));
      return answers;
    };
    const update = (request: number) => ({
      TableName: 'Orders',
      Key: { OrderID: { S: 'O-looked-at' } },
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': { N: String(request) } },
      ReturnValues: 'ALL_NEW',
    });
    const unseen = await run(async () => undefined);
    const seen = await run(async () => {
      await db.keepState(0);
      await db.describe({ state: 0, since: 0 });
      await db.readRows({ name: 'Orders' });
    });
    expect(seen).toEqual(unseen);
  });

  it('in a world of several Regions shows the tables of each', async () => {
    await db.reset('inkwell', { regions: ['us-east-1', 'eu-west-1'] });
    await ask('UpdateTable', {
      TableName: 'Orders',
      ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
    });
    const { name, tables } = await db.describe();
    expect(name).toBe('us-east-1, eu-west-1');
    const orders = tables.filter((table) => table.name === 'Orders');
    expect(orders.map(({ schema }) => schema)).toEqual(['eu-west-1', 'us-east-1']);
    const page = await db.readRows({ schema: 'eu-west-1', name: 'Orders' }, { count: 1 });
    expect(page.total).toBe(orders[0]?.rows?.count);
  });
});
