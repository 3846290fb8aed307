/** DynamoDB and programs in every browser: requests, errors, capacity, and a sandbox that holds. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support.ts';

const CLIENT = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
`;

test('a program writes, reads and queries through the SDK, and each request has its price', async ({
  page,
}) => {
  const [step] = await page.program(`${CLIENT}
const TableName = 'Orders';
await db.send(new PutCommand({ TableName, Item: { OrderID: 'X1', CustomerID: 'C1', Tags: new Set(['ä', 'b']) } }));
const { Item } = await db.send(new GetCommand({ TableName, Key: { OrderID: 'X1' }, ConsistentRead: true }));
console.log(Item.CustomerID, [...Item.Tags]);
`);
  expect(step?.error).toBeUndefined();
  expect(step?.console.map(({ text }) => text)).toEqual(["C1 [ 'ä', 'b' ]"]);
  expect(step?.calls.map(({ operation, status }) => [operation, status])).toEqual([
    ['PutItem', 200],
    ['GetItem', 200],
  ]);
  expect(step?.calls[1]?.metering.tables).toMatchObject([{ table: 'Orders', read: 1, write: 0 }]);
});

test('an error of a transaction has its reasons', async ({ page }) => {
  const [step] = await page.program(`${CLIENT}
const Put = { TableName: 'Orders', Item: { OrderID: 'X1' }, ConditionExpression: 'attribute_exists(OrderID)' };
await db.send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
`);
  expect(step?.error).toMatchObject({
    name: 'TransactionCanceledException',
    reasons: [{ Code: 'ConditionalCheckFailed' }],
  });
});

test('every run begins from the dataset', async ({ page }) => {
  const write = `${CLIENT}
await db.send(new PutCommand({ TableName: 'Orders', Item: { OrderID: 'X1' } }));`;
  const read = `${CLIENT}
const { Item } = await db.send(new GetCommand({ TableName: 'Orders', Key: { OrderID: 'X1' } }));
console.log(Item);`;
  await page.program(write);
  const [step] = await page.program(read);
  expect(step?.console.map(({ text }) => text)).toEqual(['undefined']);
});

test('a mistake is told at its line', async ({ page }) => {
  const [step] = await page.program("const price: number = 1;\nthrow new RangeError('too dear');");
  expect(step?.error).toMatchObject({ name: 'RangeError', message: 'too dear', line: 2 });
});

test('an endless loop is ended, and the next program runs', async ({ page }) => {
  const [step] = await page.program('while (true) {}');
  expect(step).toMatchObject({
    status: 'stopped',
    error: { message: expect.stringMatching(/loop/) },
  });
  const [next] = await page.program('console.log(6 * 7);');
  expect(next?.console).toMatchObject([{ text: '42' }]);
});

test('a program reaches neither the network nor storage nor the page', async ({ page }) => {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('export {}');
  });
  server.on('upgrade', (request, socket) => {
    reached.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const [step] = await page.program(`
const settled = (start) => new Promise((yes, no) => start(yes, no));
const attempts = {
  fetch: () => fetch('http://${host}/fetch'),
  request: () => settled((yes, no) => {
    const request = new XMLHttpRequest();
    request.open('GET', 'http://${host}/request');
    request.onload = yes;
    request.onerror = no;
    request.send();
  }),
  socket: () => settled((yes, no) => {
    const socket = new WebSocket('ws://${host}/socket');
    socket.onopen = yes;
    socket.onerror = no;
  }),
  script: async () => importScripts('http://${host}/script'),
  database: () => settled((yes, no) => {
    const request = indexedDB.open('mine');
    request.onsuccess = yes;
    request.onerror = no;
  }),
  storage: async () => localStorage.length,
  page: async () => document.title,
  code: async () => new Function('return 1')(),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt();
    console.log(name, 'allowed');
  } catch {
    console.log(name, 'no');
  }
}`);
  await new Promise((resolve) => server.close(resolve));
  expect(step?.error).toBeUndefined();
  expect(step?.console.map(({ text }) => text)).toEqual([
    'fetch no',
    'request no',
    'socket no',
    'script no',
    'database no',
    'storage no',
    'page no',
    'code no',
  ]);
  expect(reached).toEqual([]);
});
