import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const now = 1735689600; // seconds; 2025-01-01 here
const lock = { PK: 'LOCK#P9012', SK: 'LOCK' };

const acquire = (owner: string) =>
  new PutCommand({
    TableName: 'App',
    Item: { ...lock, Owner: owner, ExpiresAt: now + 30 },
    ConditionExpression:
      'attribute_not_exists(PK) OR ExpiresAt < :now',
    ExpressionAttributeValues: { ':now': now },
  });

// step: The first buyer
await db.send(acquire('first'));

// step: A reader
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
    ConsistentRead: true,
  }),
);
console.log('Stock:', Item?.Stock);

// step: The second buyer
await db.send(acquire('second'));

// step: The first buyer is done
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName: 'Inventory',
          Key: { ProductID: 'P9012' },
          UpdateExpression: 'SET Stock = Stock - :one',
          ConditionExpression: 'Stock >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      {
        Delete: {
          TableName: 'App',
          Key: lock,
          ConditionExpression: '#owner = :me',
          ExpressionAttributeNames: { '#owner': 'Owner' },
          ExpressionAttributeValues: { ':me': 'first' },
        },
      },
    ],
  }),
);
