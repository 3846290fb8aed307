import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const Key = { PK: 'DRAFT#1', SK: 'DRAFT' };

// step: Write ten thousand letters
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { ...Key, Edits: 0, Body: 'x'.repeat(10000) },
  }),
);

// step: Change a number, three times
for (let edit = 1; edit <= 3; edit += 1) {
  await db.send(
    new UpdateCommand({
      TableName: 'App',
      Key,
      UpdateExpression: 'ADD Edits :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

// step: Clean up
const { Item } = await db.send(
  new GetCommand({
    TableName: 'App',
    Key,
    ProjectionExpression: 'Edits',
  }),
);
console.log('Edits:', Item?.Edits);
