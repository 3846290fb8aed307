import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: The guide's question
const editors = await db.send(
  new ScanCommand({
    TableName: 'Users',
    FilterExpression:
      'Preferences.Theme = :theme AND contains(#roles, :role)', // = theme "Preferences.Theme = :theme" = role "contains(#roles, :role)"
    ProjectionExpression: 'UserID',
    ExpressionAttributeNames: { '#roles': 'Roles' },
    ExpressionAttributeValues: {
      ':theme': 'Dark',
      ':role': 'Editor',
    },
  }),
);
console.log(
  `${editors.Count} found, ${editors.ScannedCount} read`, // = count "editors.Count"
);

// step: An index, and the same question
await client.send(
  new CreateTableCommand({
    TableName: 'Profiles',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'UserID', AttributeType: 'S' },
      { AttributeName: 'EditorTheme', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'UserID', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'EditorsByTheme',
        KeySchema: [
          { AttributeName: 'EditorTheme', KeyType: 'HASH' },
          { AttributeName: 'UserID', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Profiles' },
);

// Editors only: the others stay out of the index.
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Profiles: (editors.Items ?? []).map(({ UserID }) => ({
        PutRequest: { Item: { UserID, EditorTheme: 'Dark' } },
      })),
    },
  }),
);

// step: Ask so that it helps
const found = await db.send(
  new QueryCommand({
    TableName: 'Profiles',
    IndexName: 'EditorsByTheme',
    KeyConditionExpression: 'EditorTheme = :theme',
    ExpressionAttributeValues: { ':theme': 'Dark' },
  }),
);
console.log(`${found.Count} found, ${found.ScannedCount} read`);
