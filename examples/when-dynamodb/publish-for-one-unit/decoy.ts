import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'App';
const PK = 'ARTICLE#1';
const Body = 'x'.repeat(299 * 1024);

// step: Store it
await db.send(
  new PutCommand({
    TableName,
    Item: { PK, SK: 'BODY', Body },
  }),
);
await db.send(
  new PutCommand({
    TableName,
    Item: { PK, SK: 'ABOUT', Title: 'On ink', Published: false },
  }),
);

// step: Publish it
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { PK, SK: 'ABOUT' },
          UpdateExpression: 'SET Published = :yes',
          ExpressionAttributeValues: { ':yes': true },
        },
      },
    ],
  }),
);

// step: Show it
const { Items } = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'PK = :article',
    ExpressionAttributeValues: { ':article': PK },
  }),
);
const article = Object.assign({}, ...(Items ?? []));
console.log(article.Title, article.Published);
console.log('Characters:', article.Body?.length);
