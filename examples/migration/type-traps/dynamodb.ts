import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const exact = DynamoDBDocumentClient.from(
  new DynamoDBClient({}),
  {
    unmarshallOptions: { wrapNumbers: true },
  },
);

const TableName = 'App';
const item = (SK: string) => ({ PK: 'TRAP', SK });

// step: Thirty-eight digits
const digits = '12345678901234567890123456789012345678';
const put = (N: string) =>
  new PutItemCommand({
    TableName,
    Item: {
      PK: { S: 'TRAP' },
      SK: { S: 'number' },
      Big: { N },
      Rate: { N: '0.12345678901234567890' },
    },
  });
await client.send(put(digits));
const kept = await exact.send(
  new GetCommand({ TableName, Key: item('number') }),
);
console.log(kept.Item?.Big.value, kept.Item?.Rate.value);

// step: Read it as JavaScript does
const read = await db.send(
  new GetCommand({ TableName, Key: item('number') }),
);
console.log(typeof read.Item?.Big, typeof read.Item?.Rate);
console.log(read.Item?.Rate);

// step: Thirty-nine digits
await client.send(put(`${digits}9`));

// step: A set is no list
await db.send(
  new PutCommand({
    TableName,
    Item: {
      ...item('set'),
      Roles: new Set(['User', 'Editor', 'User']),
      Steps: ['User', 'Editor', 'User'],
    },
  }),
);
const sets = await db.send(
  new GetCommand({ TableName, Key: item('set') }),
);
console.log(sets.Item?.Roles, sets.Item?.Steps);

// step: Nothing, in three forms
await db.send(
  new PutCommand({
    TableName,
    Item: { ...item('nothing'), Empty: '', None: null },
  }),
);
const nothing = await db.send(
  new GetCommand({ TableName, Key: item('nothing') }),
);
console.log(nothing.Item?.Empty, nothing.Item?.None);
console.log('Missing' in (nothing.Item ?? {}));

// step: Nothing as a key
await db.send(new PutCommand({ TableName, Item: item('') }));

// step: A moment
const moments = [
  '2024-12-31T23:30:00-05:00',
  '2025-01-01T01:00:00Z',
];
console.log('as texts:', [...moments].sort());

// step: Bytes
await db.send(
  new PutCommand({
    TableName,
    Item: { ...item('bytes'), Ink: new Uint8Array([0, 255]) },
  }),
);
const bytes = await client.send(
  new GetItemCommand({
    TableName,
    Key: { PK: { S: 'TRAP' }, SK: { S: 'bytes' } },
  }),
);
console.log(bytes.Item?.Ink?.B);
