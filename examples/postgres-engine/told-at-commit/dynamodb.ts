import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** An order, and in the same transaction the news of it. */
const place = (OrderID: string, product: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: { OrderID, CustomerID: 'C5678' },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
      {
        ConditionCheck: {
          TableName: 'Inventory',
          Key: { ProductID: product },
          ConditionExpression: 'Stock >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      {
        Put: {
          TableName: 'App',
          Item: { PK: 'NEWS', SK: OrderID },
        },
      },
    ],
  });

// step: An order that is undone
await db.send(place('O1234', 'P9021')); // no such product

// step: An order that stays
await db.send(place('O1234', 'P9012'));

// step: Come too late
await db.send(place('O1235', 'P9001'));
const { Items } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :news',
    ExpressionAttributeValues: { ':news': 'NEWS' },
  }),
);
for (const { SK } of Items ?? []) console.log('news:', SK);
