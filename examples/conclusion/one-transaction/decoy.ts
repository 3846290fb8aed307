import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
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
await db.send(
  new TransactWriteCommand({
    TransactItems: actions.slice(0, 25),
  }),
);
try {
  await db.send(
    new TransactWriteCommand({
      TransactItems: actions.slice(25),
    }),
  );
} catch (error) {
  // Take everything back, one by one.
  await db.send(
    new DeleteCommand({
      TableName: 'Orders',
      Key: { OrderID: 'O1234' },
    }),
  );
  for (const { id } of lines)
    await db.send(
      new DeleteCommand({
        TableName: 'App',
        Key: { PK: 'ORDER#O1234', SK: `ITEM#${id}` },
      }),
    );
  for (const { id, qty } of lines.slice(0, 4))
    await db.send(
      new UpdateCommand({
        TableName: 'Inventory',
        Key: { ProductID: id },
        UpdateExpression: 'SET Stock = Stock + :qty',
        ExpressionAttributeValues: { ':qty': qty },
      }),
    );
  throw error;
}
