import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The first order
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: The second order
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
