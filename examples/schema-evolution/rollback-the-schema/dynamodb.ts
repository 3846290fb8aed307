import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: Begin the change
await client.send(
  new CreateTableCommand({
    TableName: 'UserSecuritySettings',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'UserID', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'UserID', KeyType: 'HASH' }],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'UserSecuritySettings' },
);
await db.send(
  new PutCommand({
    TableName: 'UserSecuritySettings',
    Item: { UserID: 'U12345', TwoFactorEnabled: true },
  }),
);

// step: It goes wrong
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    UpdateExpression: 'SET UserID = :new',
    ExpressionAttributeValues: { ':new': 'john' },
  }),
);

// step: What is left
const { TableNames } = await client.send(
  new ListTablesCommand({}),
);
console.log(TableNames?.includes('UserSecuritySettings'));
