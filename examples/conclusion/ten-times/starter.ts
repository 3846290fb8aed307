import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Dollars a million units. */
const READ = 0.125;
const WRITE = 0.625;

// step: The posts of a user, 1,000,000 times a month
const posts = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
  }),
);
const readUnits = posts.Count ?? 0; // one for each post?

// step: A new post and its count, 100,000 times a month
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'UserPosts',
          Item: {
            UserID: 'U12345',
            PostDate: '2026-01-01T00:00:00Z',
            Blog: 'Inkwell',
            Title: 'Ten times',
            Views: 0,
          },
        },
      },
      {
        Update: {
          TableName: 'Users',
          Key: { UserID: 'U12345' },
          UpdateExpression: 'ADD PostCount :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  }),
);
const writeUnits = 2; // one for each item?

// step: A month with ten times the traffic
const dollars = 10 * (readUnits * READ + 0.1 * writeUnits * WRITE);
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'BILL', SK: 'MONTH', Usd: dollars.toFixed(2) },
  }),
);
console.log('Dollars:', dollars.toFixed(2));
