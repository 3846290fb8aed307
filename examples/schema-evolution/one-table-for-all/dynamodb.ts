import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  paginateScan,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: A user with all posts
const all = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :user', // = user
    ExpressionAttributeValues: { ':user': 'USER#U12345' }, // = user "':user': 'USER#U12345'"
    ProjectionExpression: 'SK, Username, Title', // = columns
  }),
);
const kinds = (all.Items ?? []).map(
  ({ SK }) => SK.split('#')[0],
);
const posts = kinds.filter((kind) => kind === 'POST').length; // = posts
console.log(`${kinds.length - posts} profile, ${posts} posts`);

// step: The same from two tables
await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
  }),
);
await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ProjectionExpression: 'PostDate, Title',
  }),
);

// step: All pending orders, from one table
let pending = 0;
let read = 0;
const pages = paginateScan(
  { client: db },
  {
    TableName: 'App',
    FilterExpression: 'begins_with(SK, :o) AND #s = :pending',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: {
      ':o': 'ORDER#',
      ':pending': 'Pending',
    },
    ProjectionExpression: 'OrderID',
  },
);
for await (const { Count = 0, ScannedCount = 0 } of pages) {
  pending += Count;
  read += ScannedCount;
}
console.log(`${pending} pending, ${read} read`);

// step: All pending orders, from their own
const own = await db.send(
  new QueryCommand({
    TableName: 'Orders',
    IndexName: 'OrdersByStatus', // = index
    KeyConditionExpression: '#s = :pending', // = status
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':pending': 'Pending' }, // = status "':pending': 'Pending'"
  }),
);
console.log(`${own.Count} pending, ${own.ScannedCount} read`);
