import {
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: Lists and sets
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: {
      UserID: 'U99991',
      Roles: new Set(['User', 'Editor']),
      Flags: [1, 'two', [true]],
    },
  }),
);

// step: An empty set
await client.send(
  new PutItemCommand({
    TableName: 'Users',
    Item: { UserID: { S: 'U99992' }, Roles: { SS: [] } },
  }),
);

// step: The same member twice
await client.send(
  new PutItemCommand({
    TableName: 'Users',
    Item: {
      UserID: { S: 'U99992' },
      Roles: { SS: ['User', 'User'] },
    },
  }),
);

// step: 39 digits
await client.send(
  new PutItemCommand({
    TableName: 'Users',
    Item: {
      UserID: { S: 'U99993' },
      Balance: { N: '123456789012345678901234567890123456789' },
    },
  }),
);

// step: A day that does not exist
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: { UserID: 'U99994', SignupDate: '2024-02-30' },
  }),
);

// step: A moment
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: { UserID: 'U99995', SignupDate: 1615420800 },
  }),
);
console.log(new Date(1615420800 * 1000).toISOString());
