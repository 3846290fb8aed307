/** A lab that turns switches of the world on: what its program meets, and what its result tells of it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { openDynamoDBSession } from '../../../src/engine/dynamodb-session.ts';
import { gradeRun } from '../../../src/engine/lab/check.ts';
import type { Check } from '../../../src/engine/lab/check-schema.ts';
import type { Engines } from '../../../src/engine/lab/engines.ts';
import { parseMeta } from '../../../src/engine/lab/load.ts';
import type { LabRun } from '../../../src/engine/lab/result.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { openScriptHost } from '../../../tools/engines/script.ts';

let engines: Engines;
beforeAll(() => {
  // One side runs alone: PostgreSQL is never asked.
  engines = {
    dynamodb: openDynamoDBSession(
      createDynamoDB,
      () => import('../../../.generated/dynamodb/inspect.js'),
    ),
    script: openScriptHost(),
  } as Partial<Engines> as Engines;
});

const lab = (world: string) =>
  parseMeta(
    `title: A lab\nsummary: A lab of the world\nchecks: [{ count: Things, is: 0 }]\nworld:\n${world.replace(/^/gm, '  ')}`,
    'lab.yaml',
  ).value;

const HEAD = `
import { DynamoDBClient, CreateTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ region: 'us-east-1', maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Things';
await client.send(new CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
}));
`;

async function run(world: string, source: string): Promise<LabRun> {
  return runLab(engines, {
    lab: lab(world),
    sides: ['dynamodb'],
    sources: { dynamodb: HEAD + source },
    signal: new AbortController().signal,
  });
}

const printed = (result: LabRun) =>
  result.dynamodb?.steps.map(({ console }) => console.map(({ text }) => text).join());

describe('A lab with lagging replicas', () => {
  const world = 'replicaLag: 1s\nadvance: { Later: 2s }';
  const source = `
// step: At once
await db.send(new PutCommand({ TableName, Item: { pk: 'a' } }));
const { Item: now } = await db.send(new GetCommand({ TableName, Key: { pk: 'a' } }));
console.log(now);
// step: Later
const { Item: then } = await db.send(new GetCommand({ TableName, Key: { pk: 'a' } }));
console.log(then);
`;

  test('reads what is stale until the clock is set forward, and says so at the request', async () => {
    const result = await run(world, source);
    expect(printed(result)).toEqual(['undefined', "{ pk: 'a' }"]);
    const [first, second] = result.dynamodb?.steps ?? [];
    expect(first?.calls.map(({ world: events = [] }) => events.map(({ kind }) => kind))).toEqual([
      [],
      [],
      ['stale-read'],
    ]);
    expect(second?.calls[0]).not.toHaveProperty('world');
  });

  test('runs the same to the letter every time, and leaves nothing to a lab without a world', async () => {
    expect(await run(world, source)).toEqual(await run(world, source));
    expect(printed(await run('{}', source))).toEqual(["{ pk: 'a' }", "{ pk: 'a' }"]);
  });

  test('is graded by the newest state, out of the world’s reach', async () => {
    const put = `\n// step: Last\nawait db.send(new PutCommand({ TableName, Item: { pk: 'late' } }));`;
    const result = await run(
      'replicaLag: 1h\nfaults: { schedule: [{ request: 3 }, { request: 4 }] }',
      put,
    );
    const checks: Check[] = [
      { item: { table: 'Things', key: { pk: 'late' } }, equals: { pk: 'late' } },
      { count: 'Things', is: 1 },
    ];
    const graded = await gradeRun(checks, result, engines);
    expect(graded.map(({ message, passed }) => passed || message)).toEqual([true, true]);
  });

  test('can be graded by what the world did', async () => {
    const check: Check = { shows: 'stale read', side: 'dynamodb', step: 'At once' };
    const [graded] = await gradeRun([check], await run(world, source), engines);
    expect(graded?.passed).toBe(true);
  });
});

test('Time to live passes when a step sets the clock forward; what then happens belongs to the step', async () => {
  const result = await run(
    'advance: { "Two days later": 48h }',
    `
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
// step: Put
await client.send(new UpdateTimeToLiveCommand({
  TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ends' },
}));
await db.send(new PutCommand({ TableName, Item: { pk: 'a', ends: 1767225600 + 3600 } }));
// step: Two days later
console.log(await db.send(new GetCommand({ TableName, Key: { pk: 'a' } })).then(({ Item }) => Item));
`,
  );
  expect(result.dynamodb?.steps[1]?.world).toMatchObject([
    { kind: 'expired', text: 'expired: 1 item of table Things deleted' },
  ]);
  expect(printed(result)?.[1]).toBe('undefined');
});

test('A client of another Region reaches that Region', async () => {
  const result = await run(
    'regions: [us-east-1, eu-west-1]\nregionLag: 1s\nadvance: { Later: 2s }',
    `
const away = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
await client.send(new UpdateTableCommand({
  TableName, ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
}));
// step: At once
await db.send(new PutCommand({ TableName, Item: { pk: 'a' } }));
console.log((await away.send(new GetCommand({ TableName, Key: { pk: 'a' } }))).Item);
// step: Later
console.log((await away.send(new GetCommand({ TableName, Key: { pk: 'a' } }))).Item);
`,
  );
  expect(printed(result)).toEqual(['undefined', "{ pk: 'a' }"]);
  const [first, second] = result.dynamodb?.steps ?? [];
  expect(first?.calls.map(({ region }) => region)).toEqual([
    ...['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1'],
  ]);
  expect(second?.world?.map(({ text }) => text)).toEqual([
    'replicated to eu-west-1: 1 write to table Things',
  ]);
  const check: Check = {
    item: { table: 'Things', key: { pk: 'a' }, region: 'eu-west-1' },
    equals: { pk: 'a' },
  };
  expect((await gradeRun([check], result, engines))[0]?.passed).toBe(true);
});

test('The SDK retries what fails for no reason of its own: a lost answer is paid for twice', async () => {
  const result = await run(
    'faults: { schedule: [{ operation: PutItem, request: 1, when: after }] }',
    `
// step: Put
const patient = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
await patient.send(new PutCommand({ TableName, Item: { pk: 'a' } }));
`,
  );
  const [step] = result.dynamodb?.steps ?? [];
  expect(step?.status).toBe('ok');
  expect(step?.calls.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    'CreateTable 200',
    'PutItem 500',
    'PutItem 200',
  ]);
});

test('A lab with users is the program of whom its clients are', async () => {
  const world = `
users:
  john:
    role: Author
    session: john
    values: { 'www.amazon.com:user_id': U1 }
    policies:
      - Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: ['dynamodb:PutItem', 'dynamodb:GetItem']
            Resource: arn:aws:dynamodb:us-east-1:123456789012:table/Things
            Condition:
              ForAllValues:StringEquals: { 'dynamodb:LeadingKeys': ['\${www.amazon.com:user_id}'] }
`;
  const source = `
const john = DynamoDBDocumentClient.from(
  new DynamoDBClient({ credentials: { accessKeyId: 'john', secretAccessKey: 'x' } }),
);
// step: His own
await john.send(new PutCommand({ TableName, Item: { pk: 'U1' } }));
// step: Not his
await john.send(new GetCommand({ TableName, Key: { pk: 'U2' } }));
`;
  const [own, other] = (await run(world, source)).dynamodb?.steps ?? [];
  expect(own?.calls.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    'CreateTable 200',
    'PutItem 200',
  ]);
  expect(other?.error).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      /^User: arn:aws:sts::123456789012:assumed-role\/Author\/john is/,
    ),
  });
});

test('A world with users loads what decides on them, and one without does not', async () => {
  const { createDynamoDB: create } = await import('../../../.generated/dynamodb/core.js');
  let loaded = 0;
  const session = openDynamoDBSession(
    create,
    () => import('../../../.generated/dynamodb/inspect.js'),
    async () => {
      loaded += 1;
      return (await import('../../../.generated/dynamodb/more.js')).more;
    },
  );
  const ask = () => session.handle('ListTables', {}, undefined, 'maria');
  await session.reset('inkwell');
  expect([(await ask()).status, loaded]).toEqual([200, 0]);
  await session.reset('inkwell', { users: { maria: { user: 'maria' } } });
  expect([(await ask()).status, loaded]).toEqual([400, 1]);
  await session.reset('inkwell');
  expect((await ask()).status).toBe(200);
});

describe('lab.yaml is told', () => {
  test.each([
    ['replicaLga: 1s', /'replicaLga' is no field in world; did you mean 'replicaLag'\?/],
    ['replicaLag: soon', /world\.replicaLag must be a duration/],
    ['throttling: maybe', /world\.throttling must be true or false/],
    ['advance: { Later: soon }', /must be a duration/],
    ['regions: []', /world\.regions must be different Regions/],
    ['users: { john: { user: john, polices: [] } }', /world\.users\.john\.polices is no setting/],
    ['users: { john: {} }', /world\.users\.john must be either a `user` of IAM or a `role`/],
    ['users: { "j.": { user: j } }', /world\.users: the name j\. must be of the form/],
    [
      'users: { john: { user: john, policies: [{ Statement: [{ Effect: Allow }] }] } }',
      /world\.users\.john\.policies\[0\] must be a policy .*: Missing required field Action/,
    ],
  ])('what is wrong with %s', (world, message) => {
    expect(() => lab(world)).toThrow(message);
  });
});
