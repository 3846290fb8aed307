import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const board = {
  TableName: 'UserPosts',
  IndexName: 'PostsByViews',
};
const mine = {
  TableName: 'UserPosts',
  Key: { UserID: 'U12345', PostDate: '2024-12-17T00:09:36Z' },
};

// step: The top ten
const top = await db.send(
  new QueryCommand({
    ...board,
    KeyConditionExpression: 'Blog = :blog',
    ExpressionAttributeValues: { ':blog': 'Inkwell' },
    ScanIndexForward: false, // = order
    Limit: 10, // = ten
  }),
);
for (const { Views, Title } of top.Items ?? [])
  console.log(Views, Title);

// step: My place
const post = await db.send(new GetCommand(mine));
const above = await db.send(
  new QueryCommand({
    ...board,
    Select: 'COUNT', // = count
    KeyConditionExpression: 'Blog = :blog AND #v > :mine', // = above "#v > :mine"
    ExpressionAttributeNames: { '#v': 'Views' }, // a reserved word
    ExpressionAttributeValues: {
      ':blog': 'Inkwell',
      ':mine': post.Item?.Views,
    },
  }),
);
console.log('My place:', (above.Count ?? 0) + 1);
console.log('Entries read:', above.ScannedCount);

// step: One reader more
await db.send(
  new UpdateCommand({
    ...mine,
    UpdateExpression: 'ADD #v :one',
    ExpressionAttributeNames: { '#v': 'Views' },
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
