import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'LoginCodes';
const seconds = (iso: string) => Date.parse(iso) / 1000;

const codes = {
  TableName,
  KeyConditionExpression: 'UserID = :user',
  ExpressionAttributeValues: { ':user': 'U12345' },
};

// step: A code for ten minutes
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'UserID', AttributeType: 'S' },
      { AttributeName: 'Code', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'UserID', KeyType: 'HASH' },
      { AttributeName: 'Code', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);
await client.send(
  new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: {
      AttributeName: 'ExpiresAt',
      Enabled: true,
    },
  }),
);
await db.send(
  new PutCommand({
    TableName,
    Item: {
      UserID: 'U12345',
      Code: '731904',
      ExpiresAt: seconds('2026-01-01T00:10:00Z'),
    },
  }),
);

// step: Eleven minutes later
const stillThere = await db.send(new QueryCommand(codes));
console.log('In the table:', stillThere.Count);

const valid = await db.send(
  new QueryCommand({
    ...codes,
    FilterExpression: 'ExpiresAt > :now',
    ExpressionAttributeValues: {
      ...codes.ExpressionAttributeValues,
      ':now': seconds('2026-01-01T00:11:00Z'),
    },
  }),
);
console.log('Valid:', valid.Count);

// step: Three days later
const gone = await db.send(new QueryCommand(codes));
console.log('In the table:', gone.Count);
