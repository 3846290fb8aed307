/** One program for both databases: what it meets, and on which side what is told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gradeRun } from '../../../src/engine/lab/check.ts';
import { checkSchema } from '../../../src/engine/lab/check-schema.ts';
import type { LabRun, StatementResult } from '../../../src/engine/lab/result.ts';
import { type LabRequest, runLab } from '../../../src/engine/lab/run.ts';
import { type OpenEngines, openEngines } from '../../../tools/engines/open.ts';

let engines: OpenEngines;
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(() => engines.close());

const HEAD = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import pg, { Client, Pool } from 'pg';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Inventory';
const Key = { ProductID: 'P9012' };
`;

async function run(
  source: string,
  {
    expect: expected = {},
    ...options
  }: Partial<LabRequest> & { expect?: LabRequest['lab']['expect'] } = {},
): Promise<LabRun> {
  return runLab(engines, {
    lab: { dataset: 'inkwell', expect: expected, main: true },
    sides: ['dynamodb', 'postgres'],
    sources: { dynamodb: HEAD + source },
    signal: new AbortController().signal,
    ...options,
  });
}

const printed = ({ dynamodb }: LabRun) =>
  dynamodb?.steps.flatMap(({ console: lines }) => lines.map(({ text }) => text)) ?? [];
const statements = ({ postgres }: LabRun): StatementResult[] =>
  postgres?.steps.flatMap((step) => step.statements) ?? [];
const endings = ({ dynamodb, postgres }: LabRun) =>
  dynamodb?.steps.map(({ name, status }, index) => [name, status, postgres?.steps[index]?.status]);

/** Connects in the set-up: what follows has a client. */
const CONNECTED = 'const sql = new Client();\nawait sql.connect();\n';

describe('a step', () => {
  test('has its requests on one side and its statements, with costs, on the other, numbered in their order', async () => {
    const result = await run(`${CONNECTED}
// step: Read both
const { Item } = await db.send(new GetCommand({ TableName, Key }));
const { rows } = await sql.query('SELECT stock FROM inventory WHERE product_id = $1', [
  Key.ProductID,
]);
console.log(Item?.Stock, rows[0].stock);
await sql.query('UPDATE inventory SET stock = 0 WHERE product_id = $1', [Key.ProductID]);
// step: Nothing
`);
    expect(endings(result)).toEqual([
      ['Read both', 'ok', 'ok'],
      ['Nothing', 'ok', 'ok'],
    ]);
    expect(printed(result)).toEqual(['1 1']);
    const [calls] = result.dynamodb?.steps.map((step) => step.calls) ?? [];
    expect(calls?.map(({ operation, nth }) => [operation, nth])).toEqual([['GetItem', 1]]);
    const [select, update] = statements(result);
    expect(select).toMatchObject({
      sql: 'SELECT stock FROM inventory WHERE product_id = $1',
      parameters: ['P9012'],
      // Where `sql.query` stands in the program.
      line: 13,
      nth: 2,
      tag: 'SELECT 1',
      rows: [['1']],
      cost: { plan: { node: 'Seq Scan', relation: 'inventory' } },
    });
    expect(update).toMatchObject({
      nth: 3,
      tag: 'UPDATE 1',
      cost: { plan: { operation: 'Update' }, walBytes: expect.any(Number) },
    });
  });

  test('tells the plan of each statement with that statement, inside a transaction too', async () => {
    const result = await run(`${CONNECTED}
await sql.query('BEGIN');
await sql.query('SELECT count(*) FROM orders WHERE amount > $1', [0]);
await sql.query('SELECT count(*) FROM customers WHERE order_count >= $1', [0]);
await sql.query('COMMIT');
`);
    const scanned = statements(result).map(({ tag, cost }) => [
      tag,
      cost?.plan.children[0]?.relation,
    ]);
    expect(scanned).toEqual([
      ['BEGIN', undefined],
      ['SELECT 1', 'orders'],
      ['SELECT 1', 'customers'],
      ['COMMIT', undefined],
    ]);
  });

  test('is checked as that of any lab', async () => {
    const result = await run(`${CONNECTED}
// step: Both
await db.send(new PutCommand({ TableName, Item: { ...Key, Stock: 7 } }));
await sql.query('UPDATE inventory SET stock = 7 WHERE product_id = $1', [Key.ProductID]);
`);
    const checks = [
      { item: { table: 'Inventory', key: { ProductID: 'P9012' } }, includes: { Stock: 7 } },
      { sql: "SELECT stock FROM inventory WHERE product_id = 'P9012'", rows: [[7]] },
      { units: 'write', step: 'Both', is: 1 },
      { cost: 'statements', step: 'Both', is: 1 },
      { plan: 'Seq Scan', relation: 'inventory' },
    ].map((check) => checkSchema.parse(check));
    const graded = await gradeRun(checks, result, engines);
    expect(graded.filter(({ passed }) => !passed)).toEqual([]);
  });
});

describe('an error', () => {
  const FAILING = `${CONNECTED}
// step: Fails
await sql.query('INSERT INTO inventory (product_id) VALUES ($1)', ['P9012']);
console.log('not reached');
// step: After
console.log('reached');
`;

  test('of PostgreSQL that leaves the program is told with its statement, and ends the run', async () => {
    const result = await run(FAILING);
    expect(endings(result)).toEqual([
      ['Fails', 'ok', 'failed'],
      ['After', 'skipped', 'skipped'],
    ]);
    expect(result.dynamodb?.steps[0]).not.toHaveProperty('error');
    expect(statements(result)[0]?.error).toMatchObject({
      code: '23502',
      line: 12,
      column: expect.any(Number),
    });
  });

  test('of PostgreSQL that is declared lets the next step run', async () => {
    const result = await run(FAILING, { expect: { Fails: { postgres: ['23502'] } } });
    expect(endings(result)).toEqual([
      ['Fails', 'ok', 'expected-failure'],
      ['After', 'ok', 'ok'],
    ]);
    expect(printed(result)).toEqual(['reached']);
  });

  test('of PostgreSQL that is caught counts as well', async () => {
    const source = `${CONNECTED}
// step: Caught
await sql.query('SELECT nope').catch(({ code }) => console.log(code));
`;
    expect(endings(await run(source))).toEqual([['Caught', 'ok', 'failed']]);
    const declared = await run(source, { expect: { Caught: { postgres: ['42703'] } } });
    expect(endings(declared)).toEqual([['Caught', 'ok', 'expected-failure']]);
    expect(printed(declared)).toEqual(['42703']);
  });

  test('of the program itself is told on the side of DynamoDB', async () => {
    const result = await run(`${CONNECTED}
// step: Thrown
await sql.query('SELECT 1');
throw new RangeError('too much');
`);
    expect(endings(result)).toEqual([['Thrown', 'failed', 'ok']]);
    expect(result.dynamodb?.steps[0]?.error).toEqual({
      name: 'RangeError',
      message: 'too much',
      line: 13,
      column: 7,
    });
  });

  test('that is declared and does not come is a failure of the lab', async () => {
    const result = await run('// step: Good\n', { expect: { Good: { postgres: ['23505'] } } });
    expect(endings(result)).toEqual([['Good', 'ok', 'unexpected-success']]);
  });

  test('of the compiler keeps the program from starting', async () => {
    const result = await run('const = 1;');
    expect(result.dynamodb?.error).toMatchObject({ name: 'SyntaxError', line: 8 });
    expect(result.dynamodb?.steps).toEqual([]);
  });
});

describe('pg', () => {
  test('parses rows, knows names of prepared statements and hears notifications, as outside', async () => {
    const result = await run(`${CONNECTED}
sql.on('notification', ({ channel, payload }) => console.log(channel, payload));
await sql.query('LISTEN news');
await sql.query("SELECT pg_notify('news', 'hello')");
const { rows, rowCount, fields, command } = await sql.query(
  "SELECT 1 AS i, 2::bigint AS b, 1.50::numeric AS n, NULL AS z, '{1,2}'::int[] AS a, '{\\"k\\": [1]}'::jsonb AS j",
);
console.log(rows, rowCount, fields.map(({ name }) => name).join(), command);
const add = { name: 'add', text: 'SELECT $1::int + 1 AS sum', rowMode: 'array' };
for (const value of [1, 2]) console.log((await sql.query({ ...add, values: [value] })).rows);
console.log(pg.escapeLiteral("it's"));
`);
    expect(endings(result)).toEqual([['', 'ok', 'ok']]);
    expect(printed(result)).toEqual([
      'news hello',
      "[\n  { i: 1, b: '2', n: '1.50', z: null, a: [ 1, 2 ], j: { k: [ 1 ] } }\n] 1 i,b,n,z,a,j SELECT",
      '[ [ 2 ] ]',
      '[ [ 3 ] ]',
      "'it''s'",
    ]);
    const added = statements(result).filter(({ sql }) => sql.includes('sum'));
    expect(added.map(({ parameters }) => parameters)).toEqual([['1'], ['2']]);
  });

  test('has one session: a second client is refused in words, and let in after the first has gone', async () => {
    const result = await run(`${CONNECTED}
await sql.query('SET work_mem = 1024');
const other = new Client();
await other.connect().catch(({ code, message }) => console.log(code, message));
await sql.end();
const third = new Client();
await third.connect();
const { rows } = await third.query('SHOW work_mem');
console.log(rows[0].work_mem);
`);
    const [refused, setting] = printed(result);
    expect(refused).toMatch(/^53300 sorry, too many clients already: .* one session/);
    expect(setting).toBe('4MB');
  });

  test('undoes what a client that goes has not committed', async () => {
    await run(`${CONNECTED}
await sql.query('BEGIN');
await sql.query('DELETE FROM page_views');
await sql.end();
`);
    const { rows } = await engines.postgres.run({
      text: 'SELECT count(*) FROM page_views',
      line: 1,
      column: 1,
    });
    expect(rows).toEqual([['10000']]);
  });

  test('has a pool whose queries wait for each other, and goes on after an error in one', async () => {
    const result = await run(`
const pool = new Pool();
const all = await Promise.allSettled(['1', 'nope', '2'].map((n) => pool.query('SELECT ' + n)));
console.log(all.map(({ status }) => status).join());
await pool.end();
`);
    expect(printed(result)).toEqual(['fulfilled,rejected,fulfilled']);
    expect(statements(result).map(({ sql, line }) => [sql, line])).toEqual([
      ['SELECT 1', 10],
      ['SELECT nope', 10],
      ['SELECT 2', 10],
    ]);
  });

  test('sends no data of a COPY', async () => {
    const result = await run(`${CONNECTED}
await sql.query('COPY tags FROM STDIN').catch(({ message }) => console.log(message));
console.log((await sql.query('SELECT 1 AS one')).rows[0].one);
`);
    expect(printed(result)).toEqual([expect.stringMatching(/there are no data/), '1']);
  });

  test('is not there for a program of DynamoDB alone', async () => {
    const result = await run('', {
      lab: { dataset: 'inkwell', expect: {} },
      sides: ['dynamodb'],
    });
    expect(result.dynamodb?.error?.message).toMatch(
      /^'pg' cannot be imported here\. It is there for programs for both databases/,
    );
  });
});

describe('libraries', () => {
  test('ElectroDB makes keys and reads them back', async () => {
    const result = await run(`
import { Entity } from 'electrodb';
const Note = new Entity({
  model: { service: 'desk', entity: 'note', version: '1' },
  attributes: { user: { type: 'string' }, n: { type: 'number', padding: { length: 3, char: '0' } } },
  indexes: { all: { pk: { field: 'PK', composite: ['user'] }, sk: { field: 'SK', composite: ['n'] } } },
}, { client: db, table: 'App' });
for (const n of [1, 2, 10]) await Note.put({ user: 'U1', n }).go();
const page = await Note.query.all({ user: 'U1' }).go({ limit: 2 });
const rest = await Note.query.all({ user: 'U1' }).go({ cursor: page.cursor });
console.log(page.data.map(({ n }) => n), rest.data.map(({ n }) => n));
`);
    expect(result.dynamodb?.steps[0]?.error).toBeUndefined();
    expect(printed(result)).toEqual(['[ 1, 2 ] [ 10 ]']);
  });

  test('Drizzle runs a transaction, and what PostgreSQL refuses in it is known by its SQLSTATE', async () => {
    const source = `
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
const orm = drizzle(new Pool());
const inventory = pgTable('inventory', { id: text('product_id').primaryKey(), stock: integer() });
// step: Undone
await orm.transaction(async (tx) => {
  await tx.update(inventory).set({ stock: 0 }).where(eq(inventory.id, 'P9012'));
  await tx.insert(inventory).values({ id: 'P9012', stock: 1 });
});
// step: Look
console.log(await orm.select().from(inventory).where(eq(inventory.id, 'P9012')));
`;
    const result = await run(source, { expect: { Undone: { postgres: ['23502'] } } });
    expect(endings(result)).toEqual([
      ['Undone', 'ok', 'expected-failure'],
      ['Look', 'ok', 'ok'],
    ]);
    expect(printed(result)).toEqual(["[ { id: 'P9012', stock: 1 } ]"]);
    expect(
      result.postgres?.steps[0]?.statements.map(({ tag, error }) => error?.code ?? tag),
    ).toEqual(['BEGIN', 'UPDATE 1', '23502', 'ROLLBACK']);
  });

  test('a stream is read with the SDK’s own client, its requests counted with the others', async () => {
    const result = await run(`
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
const { TableDescription } = await db.send(new UpdateTableCommand({
  TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
}));
await db.send(new PutCommand({ TableName, Item: { ...Key, Stock: 3 } }));
const streams = new DynamoDBStreamsClient();
const StreamArn = TableDescription.LatestStreamArn;
const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
const { ShardId } = StreamDescription.Shards[0];
const { ShardIterator } = await streams.send(
  new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
);
const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
console.log(Records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage.Stock.N]));
`);
    expect(result.dynamodb?.steps[0]?.error).toBeUndefined();
    expect(printed(result)).toEqual(["[ [ 'MODIFY', '3' ] ]"]);
    expect(result.dynamodb?.steps[0]?.calls.map(({ nth }) => nth)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a run', () => {
  test('goes up to a step, on both sides', async () => {
    const source = `${CONNECTED}
// step: One
await sql.query('SELECT 1');
// step: Two
await sql.query('SELECT 2');
`;
    const at = (HEAD + source).indexOf('SELECT 1');
    const result = await run(source, { parts: { dynamodb: { kind: 'step', at } } });
    expect(endings(result)).toEqual([
      ['One', 'ok', 'ok'],
      ['Two', 'not-run', 'not-run'],
    ]);
  });

  test('tells both sides of each state that it comes to', async () => {
    const states: string[] = [];
    await run('// step: One\nconsole.log(1);\n// step: Two\nconsole.log(2);\n', {
      onState: async (side, state) => void states.push(`${side} ${state}`),
    });
    expect(states).toEqual([
      'dynamodb 0',
      'postgres 0',
      'dynamodb 1',
      'postgres 1',
      'dynamodb 2',
      'postgres 2',
    ]);
  });

  test('ends when it is stopped, on both sides', async () => {
    const stop = new AbortController();
    const result = await run(
      `${CONNECTED}
// step: Waits
await sql.query('SELECT 1');
await new Promise(() => setTimeout(() => {}, 60_000));
`,
      {
        signal: stop.signal,
        onRun: ({ postgres }) => {
          if ((postgres?.steps[0]?.statements.length ?? 0) > 0) stop.abort();
        },
      },
    );
    expect(endings(result)).toEqual([['Waits', 'stopped', 'stopped']]);
  });
});
