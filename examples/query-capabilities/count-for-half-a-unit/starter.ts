import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Publish
await db.send(
  new PutCommand({
    TableName: 'UserPosts',
    Item: {
      UserID: 'U12346',
      PostDate: '2025-01-02T09:00:00Z',
      Title: 'A new year of keys',
      Views: 0,
    },
  }),
);

// step: Show the page
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12346' },
    Select: 'COUNT',
  }),
);
console.log('posts:', Count);
