import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// One of each product, two of the one that is left once.
const lines = Array.from({ length: 20 }, (_, n) => ({
  id: `P${9001 + n}`,
  qty: n === 11 ? 2 : 1,
}));
const actions: TransactWriteCommandInput['TransactItems'] = [
  {
    Put: {
      TableName: 'Orders',
      Item: { OrderID: 'O1234', CustomerID: 'C5678' },
      ConditionExpression: 'attribute_not_exists(OrderID)',
    },
  },
  ...lines.map(({ id, qty }) => ({
    Put: {
      TableName: 'App',
      Item: { PK: 'ORDER#O1234', SK: `ITEM#${id}`, Qty: qty },
    },
  })),
  ...lines.map(({ id, qty }) => ({
    Update: {
      TableName: 'Inventory',
      Key: { ProductID: id },
      UpdateExpression: 'SET Stock = Stock - :qty',
      ConditionExpression: 'Stock >= :qty',
      ExpressionAttributeValues: { ':qty': qty },
    },
  })),
];

// step: The order
// The guide says 25 items, so there are two transactions.
for (let i = 0; i < actions.length; i += 25)
  await db.send(
    new TransactWriteCommand({
      TransactItems: actions.slice(i, i + 25),
    }),
  );
