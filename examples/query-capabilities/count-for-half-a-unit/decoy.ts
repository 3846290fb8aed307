import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

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
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12346' },
    UpdateExpression: 'ADD PostCount :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: Show the page
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12346' },
    ProjectionExpression: 'PostCount',
  }),
);
console.log('posts:', Item?.PostCount);
