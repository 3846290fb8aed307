import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: 1: a rule
// There is no CHECK to declare: the rule travels with the write.
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
    UpdateExpression: 'SET Stock = Stock - :qty',
    ConditionExpression: 'Stock >= :qty',
    ExpressionAttributeValues: { ':qty': 2 },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }),
);

// step: 2: one statement
const order = (OrderID: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName: 'Inventory',
          Key: { ProductID: 'P9012' },
          UpdateExpression: 'SET Stock = Stock - :qty',
          ConditionExpression: 'Stock >= :qty',
          ExpressionAttributeValues: { ':qty': 1 },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Put: {
          TableName: 'Orders',
          Item: { OrderID, CustomerID: 'C5678', Amount: 99.95 },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
    ],
  });
await db.send(order('O1234'));

// step: 3: a program
await db.send(order('O1236'));
