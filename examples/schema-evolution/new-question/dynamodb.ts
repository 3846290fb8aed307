import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'UserPosts';
const wanted = { ':title': 'Notes on joins' };

// step: Ask without an index
const scan = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression: 'Title = :title', // = title
    ExpressionAttributeValues: wanted,
    ProjectionExpression: 'PostID', // = columns
  }),
);
console.log(`${scan.Count} found, ${scan.ScannedCount} read`);

// step: Build one
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Title', AttributeType: 'S' },
      { AttributeName: 'PostDate', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'PostsByTitle', // = name "PostsByTitle"
          KeySchema: [
            { AttributeName: 'Title', KeyType: 'HASH' }, // = key
            { AttributeName: 'PostDate', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  }),
);

// step: Wait until it is there
const indexStatus = async () => {
  const { Table } = await client.send(
    new DescribeTableCommand({ TableName }),
  );
  return Table?.GlobalSecondaryIndexes?.find(
    (index) => index.IndexName === 'PostsByTitle',
  )?.IndexStatus;
};
while ((await indexStatus()) !== 'ACTIVE') {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

// step: Ask again
const query = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'PostsByTitle', // = index
    KeyConditionExpression: 'Title = :title', // = title
    ExpressionAttributeValues: wanted,
  }),
);
console.log(`${query.Count} found, ${query.ScannedCount} read`);
