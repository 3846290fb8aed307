/** Data that stay: what a run leaves is dumped, and another run goes on from it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kept } from '../../../src/engine/lab/engines.ts';
import type { LabRun, Side } from '../../../src/engine/lab/result.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
/** As after a reload of the page. */
let others: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
  others = await openEngines();
});
afterAll(async () => {
  await engines.close();
  await others.close();
});

const { signal } = new AbortController();
const SCHEMA = { name: 'schema.sql', text: 'CREATE TABLE visit (n int);' };

function run(
  on: OpenEngines,
  side: Side,
  source: string,
  kept?: Kept,
  asked = {},
): Promise<LabRun> {
  const first = side === 'postgres' ? { postgres: [SCHEMA] } : {};
  return runLab(on, {
    lab: { dataset: 'empty', expect: {}, first, ...(kept && { kept: { [side]: kept } }) },
    ...{ sides: [side], sources: { [side]: source }, signal },
    ...asked,
  });
}
const rows = ({ postgres }: LabRun) => postgres?.steps.at(-1)?.statements.at(-1)?.rows;

describe('PostgreSQL', () => {
  const COUNT = 'INSERT INTO visit SELECT count(*) + 1 FROM visit RETURNING n;';

  test('goes on from what the run before has left; files that run first have run', async () => {
    expect(rows(await run(engines, 'postgres', COUNT))).toEqual([['1']]);
    const one = { revision: 'one', data: await engines.postgres.dump() };
    expect(rows(await run(engines, 'postgres', COUNT, one))).toEqual([['2']]);
    const two = { revision: 'two', data: await engines.postgres.dump() };
    expect(rows(await run(others, 'postgres', COUNT, two))).toEqual([['3']]);
    expect(rows(await run(others, 'postgres', COUNT, one))).toEqual([['2']]);
    expect(rows(await run(others, 'postgres', COUNT))).toEqual([['1']]);
  });

  test('keeps what is committed; an open transaction, temporary tables and settings end', async () => {
    const program = `CREATE ROLE reader; GRANT SELECT ON visit TO reader;
      INSERT INTO visit VALUES (1);
      CREATE TEMP TABLE mine ();
      SET work_mem = '1MB';
      SET ROLE reader;
      BEGIN; SELECT 1;`;
    await run(engines, 'postgres', program);
    const kept = { revision: 'open', data: await engines.postgres.dump() };
    const after = await run(
      others,
      'postgres',
      "SELECT (SELECT count(*) FROM visit), to_regclass('mine'), current_setting('work_mem'), current_user;",
      kept,
    );
    expect(rows(after)).toEqual([['1', null, '4MB', 'postgres']]);
  });

  test('a statement alone does not repeat what stands before it', async () => {
    const program = 'INSERT INTO visit VALUES (7);\nSELECT count(*) FROM visit;';
    await run(engines, 'postgres', program);
    const kept = { revision: 'alone', data: await engines.postgres.dump() };
    const at = program.indexOf('SELECT');
    const parts = { postgres: { kind: 'text', from: at, to: at } };
    expect(rows(await run(engines, 'postgres', program, kept, { parts }))).toEqual([['1']]);
  });
});

describe('DynamoDB', () => {
  const SOURCE = `import { CreateTableCommand, DynamoDBClient, PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
const db = new DynamoDBClient({});
await db.send(new CreateTableCommand({
  TableName: 'Notes',
  AttributeDefinitions: ['Id', 'Kind', 'At'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }, { AttributeName: 'At', KeyType: 'RANGE' }],
  GlobalSecondaryIndexes: [{
    IndexName: 'ByKind',
    KeySchema: [{ AttributeName: 'Kind', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['Text'] },
    ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
  }],
  LocalSecondaryIndexes: [{
    IndexName: 'ById',
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }, { AttributeName: 'Kind', KeyType: 'RANGE' }],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  }],
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
}));
await db.send(new UpdateTimeToLiveCommand({
  TableName: 'Notes',
  TimeToLiveSpecification: { AttributeName: 'Expires', Enabled: true },
}));
await db.send(new PutItemCommand({
  TableName: 'Notes',
  Item: { Id: { S: 'a' }, At: { S: '1' }, Kind: { S: 'k' }, N: { N: '12345678901234567890.5' }, B: { B: new Uint8Array([1, 2]) }, Tags: { SS: ['x'] } },
}));`;
  const asked = { TableName: 'Notes' };

  test('has the same tables, indexes and items after a dump', async () => {
    const { dynamodb } = await run(engines, 'dynamodb', SOURCE);
    expect(dynamodb?.error).toBeUndefined();
    expect(dynamodb?.steps[0]?.error).toBeUndefined();
    const before = await engines.dynamodb.handle('DescribeTable', asked);
    const kept = { revision: 'one', data: await engines.dynamodb.dump() };
    await others.dynamodb.reset('empty', {}, kept);
    const after = await others.dynamodb.handle('DescribeTable', asked);
    for (const name of ['KeySchema', 'AttributeDefinitions', 'ItemCount', 'StreamSpecification']) {
      const of = ({ body }: typeof after) => (body['Table'] as Record<string, unknown>)[name];
      expect(of(after)).toEqual(of(before));
    }
    const items = await others.dynamodb.handle('Scan', { ...asked, IndexName: 'ByKind' });
    expect(items.body['Count']).toBe(1);
    const [item] = (await others.dynamodb.handle('Scan', asked)).body['Items'] as unknown[];
    expect(item).toEqual({
      ...{ Id: { S: 'a' }, At: { S: '1' }, Kind: { S: 'k' }, Tags: { SS: ['x'] } },
      ...{ N: { N: '12345678901234567890.5' }, B: { B: 'AQI=' } },
    });
    expect(await others.dynamodb.handle('DescribeTimeToLive', asked)).toMatchObject({
      body: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'Expires' } },
    });
    expect(await (await others.dynamodb.dump()).text()).toBe(await kept.data.text());
  });

  test('of the dataset is the same after a dump', async () => {
    await engines.dynamodb.reset('inkwell');
    const kept = { revision: 'inkwell', data: await engines.dynamodb.dump() };
    await others.dynamodb.reset('empty', {}, kept);
    expect(await (await others.dynamodb.dump()).text()).toBe(await kept.data.text());
  });
});
