import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const create = (TableName: string) =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'UserID', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'UserID', KeyType: 'HASH' }],
    }),
  );
const TableName = 'GuideUsers';

// step: As printed
await create('Users');

// step: In a place of their own
await create(TableName);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);
await db.send(
  new PutCommand({
    TableName,
    Item: {
      UserID: 'U12345',
      Username: 'johndoe',
      Email: 'john@example.com',
      Theme: 'Dark',
      Roles: ['User', 'Editor'],
    },
  }),
);

// step: A preference of nobody
await db.send(
  new UpdateCommand({
    TableName,
    Key: { UserID: 'U99999' },
    UpdateExpression: 'SET Theme = :theme',
    ExpressionAttributeValues: { ':theme': 'Dark' },
  }),
);

// step: An address twice
await db.send(
  new PutCommand({
    TableName,
    Item: {
      UserID: 'U12346',
      Username: 'janedoe',
      Email: 'john@example.com',
    },
  }),
);
