/** The DynamoDB side of a scenario: its program in another order, and what becomes of errors. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { openDynamoDBSession } from '../../../src/engine/dynamodb-session.ts';
import type { Engines } from '../../../src/engine/lab/engines.ts';
import { runLab } from '../../../src/engine/lab/run.ts';
import { composeProgram, programRequest } from '../../../src/engine/sessions/dynamodb.ts';
import type { PlayStep } from '../../../src/engine/sessions/play.ts';
import { openScriptHost } from '../../../tools/engines/script.ts';

let engines: Engines;
beforeAll(() => {
  engines = {
    dynamodb: openDynamoDBSession(
      createDynamoDB,
      () => import('../../../.generated/dynamodb/inspect.js'),
    ),
    script: openScriptHost(),
  } as Partial<Engines> as Engines;
});

const STEPS = (['A1', 'A2', 'B1', 'B2'] as const).map(
  (id): PlayStep => ({ id, session: id.startsWith('A') ? 'A' : 'B', sql: 'SELECT 1' }),
);

const PROGRAM = `import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Accounts';

// step: set-up
await client.send(new CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
}));
await db.send(new PutCommand({ TableName, Item: { id: 'a', balance: 100, version: 1 } }));

// step: A1
const { Item: a } = await db.send(new GetCommand({ TableName, Key: { id: 'a' } }));

// step: A2
await db.send(new UpdateCommand({
  TableName,
  Key: { id: 'a' },
  UpdateExpression: 'SET balance = :new ADD version :one',
  ConditionExpression: 'version = :seen',
  ExpressionAttributeValues: { ':new': a?.balance + 10, ':one': 1, ':seen': a?.version },
}));

// step: B1
const { Item: b } = await db.send(new GetCommand({ TableName, Key: { id: 'a' } }));

// step: B2
await db.send(new UpdateCommand({
  TableName,
  Key: { id: 'a' },
  UpdateExpression: 'SET balance = :new ADD version :one',
  ConditionExpression: 'version = :seen',
  ExpressionAttributeValues: { ':new': b?.balance + 20, ':one': 1, ':seen': b?.version },
}));
const { Item: last } = await db.send(new GetCommand({ TableName, Key: { id: 'a' } }));
console.log(last?.balance);
`;

async function play(order: string) {
  const { dynamodb } = await runLab(engines, {
    ...programRequest({ program: PROGRAM }, STEPS, order),
    signal: new AbortController().signal,
  });
  return dynamodb?.steps.map(({ name, error }) => [name, error?.name ?? 'ok']);
}

describe('a program in another order', () => {
  test('one after the other, both writes are made', async () => {
    expect(await play('AABB')).toEqual([
      ['set-up', 'ok'],
      ['A1', 'ok'],
      ['A2', 'ok'],
      ['B1', 'ok'],
      ['B2', 'ok'],
    ]);
  });

  test('after an error of one client, the other goes on', async () => {
    expect(await play('ABBA')).toEqual([
      ['set-up', 'ok'],
      ['A1', 'ok'],
      ['B1', 'ok'],
      ['B2', 'ok'],
      ['A2', 'ConditionalCheckFailedException'],
    ]);
  });

  test('a step without a counterpart is left out', () => {
    const steps = [...STEPS, { id: 'A3', session: 'A', sql: 'COMMIT' } as const];
    expect(composeProgram(PROGRAM, steps, 'AABBA')).toBe(composeProgram(PROGRAM, STEPS, 'AABB'));
  });
});

describe('a program that does not fit', () => {
  test.each([
    ['a step that there is not', `${PROGRAM}// step: A7\n1;\n`, 'A7": a marker is "set-up", first'],
    ['a set-up behind a step', `// step: A1\n1;\n// step: set-up\n1;\n`, '"// step: set-up": a'],
    ['steps in a wrong order', `// step: A2\n1;\n// step: A1\n1;\n`, 'A1" stands behind a later'],
  ])('%s', (_what, program, message) => {
    expect(() => composeProgram(program, STEPS, 'AABB')).toThrow(message);
  });
});
