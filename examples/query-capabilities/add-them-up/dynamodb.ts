import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const posts = {
  TableName: 'UserPosts',
  KeyConditionExpression: 'UserID = :user',
  ExpressionAttributeValues: { ':user': 'U12345' },
};
const john = { TableName: 'Users', Key: { UserID: 'U12345' } };

// step: Count
const { Count } = await db.send(
  new QueryCommand({ ...posts, Select: 'COUNT' }),
);
console.log(Count, 'posts');

// step: Add up
const { Items = [] } = await db.send(
  new QueryCommand({
    ...posts,
    ProjectionExpression: '#views',
    ExpressionAttributeNames: { '#views': 'Views' },
  }),
);
const views = Items.reduce((sum, post) => sum + post.Views, 0);
console.log(views, 'views');

// step: Read a counter
const { Item } = await db.send(
  new GetCommand({
    ...john,
    ProjectionExpression: 'PostCount',
  }),
);
console.log(Item?.PostCount, 'posts');

// step: Keep it right
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'UserPosts',
          Item: {
            UserID: 'U12345',
            PostDate: '2025-01-02T09:00:00Z',
            PostID: 1001,
            Title: 'A new year of keys',
            Views: 0,
          },
          ConditionExpression: 'attribute_not_exists(UserID)',
        },
      },
      {
        Update: {
          ...john,
          UpdateExpression: 'ADD PostCount :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  }),
);

// step: Subtotals
const orders = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    ProjectionExpression: '#status, Amount',
    ExpressionAttributeNames: { '#status': 'Status' },
  }),
);
const cents: Record<string, number> = {};
for (const { Status, Amount } of orders.Items ?? []) {
  for (const group of [Status, 'all'])
    cents[group] =
      (cents[group] ?? 0) + Math.round(Amount * 100);
}
for (const group of Object.keys(cents).sort())
  console.log(group, (cents[group] ?? 0) / 100);
