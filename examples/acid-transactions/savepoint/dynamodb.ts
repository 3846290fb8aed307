import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const order = {
  Put: {
    TableName: 'Orders',
    Item: {
      OrderID: 'O1234',
      CustomerID: 'C5678',
      Amount: 99.95,
    },
    ConditionExpression: 'attribute_not_exists(OrderID)',
  },
};
const take = (ProductID: string) => ({
  Update: {
    TableName: 'Inventory',
    Key: { ProductID },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

// step: One line cannot be
await db.send(
  new TransactWriteCommand({
    TransactItems: [order, take('P9012'), take('P9999')],
  }),
);

// step: Keep the rest
await db.send(
  new TransactWriteCommand({
    TransactItems: [order, take('P9012')],
  }),
);
