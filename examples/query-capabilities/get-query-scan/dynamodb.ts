import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'UserPosts';

// step: One item by its key
const { Item } = await db.send(
  new GetCommand({
    TableName,
    Key: { UserID: 'U12345', PostDate: '2024-03-10T00:00:00Z' },
  }),
);
console.log(Item?.Title);

// step: Items of one partition key
const december = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression:
      'UserID = :user AND PostDate >= :from',
    ExpressionAttributeValues: {
      ':user': 'U12345',
      ':from': '2024-12-01',
    },
  }),
);
console.log(december.Count, 'posts since December');

// step: Query without its key
await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'PostDate >= :from',
    ExpressionAttributeValues: { ':from': '2024-12-01' },
  }),
);

// step: Query a range of keys
await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'UserID > :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
  }),
);

// step: Scan with a filter
const famous = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression: '#views > :views',
    ExpressionAttributeNames: { '#views': 'Views' },
    ExpressionAttributeValues: { ':views': 1990 },
    ProjectionExpression: 'PostID, Title',
  }),
);
console.log(`${famous.Count} of ${famous.ScannedCount} read`);

// step: Scan everything
const all = await db.send(
  new ScanCommand({
    TableName,
    ProjectionExpression: 'PostID',
  }),
);
console.log(`${all.Count} of ${all.ScannedCount} read`);

// step: Nobody planned for Mondays
const large = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    FilterExpression: 'Amount > :amount',
    ExpressionAttributeValues: { ':amount': 150 },
    ProjectionExpression: 'CreatedAt',
  }),
);
const onMonday = (large.Items ?? []).filter(
  ({ CreatedAt }) => new Date(CreatedAt).getUTCDay() === 1,
);
console.log(
  `${large.ScannedCount} read, ${large.Count} sent, ` +
    `${onMonday.length} on a Monday`,
);
