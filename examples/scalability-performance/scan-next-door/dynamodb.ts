import {
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

/** A reader opens a post, for half a unit. */
async function read() {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'UserPosts',
      Key: {
        UserID: 'U12345',
        PostDate: '2024-03-10T00:00:00Z',
      },
      ProjectionExpression: 'Title',
    }),
  );
  console.log('a reader opens', Item?.Title);
}

// step: Fifty units a second
await client.send(
  new UpdateTableCommand({
    TableName: 'UserPosts',
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: {
      ReadCapacityUnits: 50,
      WriteCapacityUnits: 50,
    },
    GlobalSecondaryIndexUpdates: [
      {
        Update: {
          IndexName: 'PostsByViews',
          ProvisionedThroughput: {
            ReadCapacityUnits: 50,
            WriteCapacityUnits: 50,
          },
        },
      },
    ],
  }),
);
await read();

// step: A report over the same table
await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    Select: 'COUNT',
  }),
);
await read();

// step: A report over another table
await db.send(
  new ScanCommand({ TableName: 'PageViews', Select: 'COUNT' }),
);
await read();

// step: A report from an index
await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    IndexName: 'PostsByViews',
    Select: 'COUNT',
  }),
);
await read();
