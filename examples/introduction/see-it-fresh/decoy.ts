import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactGetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const pen = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9010' },
};

// step: Sell one
await db.send(
  new UpdateCommand({
    ...pen,
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: Read the stock twice
const first = await db.send(new GetCommand(pen));
console.log('first:', first.Item?.Stock);

const { Responses = [] } = await db.send(new TransactGetCommand({ TransactItems: [{ Get: pen }] }));
console.log('second:', Responses[0]?.Item?.Stock);
