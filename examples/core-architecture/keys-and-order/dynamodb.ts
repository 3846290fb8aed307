import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const putAll = (items: Array<Record<string, string>>) =>
  db.send(
    new BatchWriteCommand({
      RequestItems: {
        App: items.map((Item) => ({ PutRequest: { Item } })),
      },
    }),
  );

// step: The newest three
const newest = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user', // = user
    ExpressionAttributeValues: { ':user': 'U12345' }, // = user
    ProjectionExpression: 'PostDate, Title', // = columns
    ScanIndexForward: false, // = order
    Limit: 3, // = limit
  }),
);
console.log(
  `${newest.Count} found, ${newest.ScannedCount} read`,
);

// step: Without the first part of the key
await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'PostDate > :date',
    ExpressionAttributeValues: { ':date': '2024-12-31' },
  }),
);

// step: Numbers written as text
await putAll([
  { PK: 'LIST', SK: '2' },
  { PK: 'LIST', SK: '10' },
  { PK: 'LIST', SK: '1' },
]);
const list = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :list',
    ExpressionAttributeValues: { ':list': 'LIST' },
  }),
);
console.log((list.Items ?? []).map(({ SK }) => SK).join(', '));

// step: Only some in the index
await putAll([
  {
    PK: 'NOTE#1',
    SK: 'NOTE',
    Tag: 'Draft',
    PostDate: '2025-01-01',
  },
  {
    PK: 'NOTE#2',
    SK: 'NOTE',
    Tag: 'Draft',
    PostDate: '2025-01-02',
  },
  { PK: 'NOTE#3', SK: 'NOTE', PostDate: '2025-01-03' },
]);
const drafts = await db.send(
  new QueryCommand({
    TableName: 'App',
    IndexName: 'PostsByTag', // = index
    KeyConditionExpression: 'Tag = :tag', // = drafts
    ExpressionAttributeValues: { ':tag': 'Draft' }, // = drafts
  }),
);
console.log(
  `${drafts.Count} found, ${drafts.ScannedCount} read`,
);
