import {
  DynamoDBClient,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'UserPosts';

/** Five readers more for each of ten posts, and the cost. */
async function readTen() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'UserID = :user',
      ExpressionAttributeValues: { ':user': 'U12345' },
      ProjectionExpression: 'UserID, PostDate',
      Limit: 10,
    }),
  );
  let table = 0;
  let index = 0;
  for (const Key of [
    Items,
    Items,
    Items,
    Items,
    Items,
  ].flat()) {
    const { ConsumedCapacity: used } = await db.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'ADD #views :one',
        ExpressionAttributeNames: { '#views': 'Views' },
        ExpressionAttributeValues: { ':one': 1 },
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    table += used?.Table?.CapacityUnits ?? 0;
    index +=
      used?.GlobalSecondaryIndexes?.PostsByViews
        ?.CapacityUnits ?? 0;
  }
  console.log(`Table ${table} units, index ${index} units`);
}

async function sessions() {
  const { Count } = await db.send(
    new ScanCommand({ TableName: 'Sessions', Select: 'COUNT' }),
  );
  console.log('Sessions:', Count);
}

// step: Many updates
await readTen();

// step: Clean up
await client.send(
  new UpdateTableCommand({
    TableName,
    GlobalSecondaryIndexUpdates: [
      { Delete: { IndexName: 'PostsByViews' } },
    ],
  }),
);
await readTen();

// step: What is out of date
await sessions();
await client.send(
  new UpdateTimeToLiveCommand({
    TableName: 'Sessions',
    TimeToLiveSpecification: {
      AttributeName: 'ExpiresAt',
      Enabled: true,
    },
  }),
);

// step: A week later
await sessions();
