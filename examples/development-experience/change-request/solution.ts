import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: What it needs
await client.send(
  new UpdateTableCommand({
    TableName: 'UserPosts',
    AttributeDefinitions: [
      { AttributeName: 'UserID', AttributeType: 'S' },
      { AttributeName: 'Views', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'ByUser',
          KeySchema: [
            { AttributeName: 'UserID', KeyType: 'HASH' },
            { AttributeName: 'Views', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  }),
);

// step: The request
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    IndexName: 'ByUser',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ScanIndexForward: false,
    Limit: 5,
  }),
);
for (const { Title, Views } of Items) console.log(Views, Title);
