import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const takeOne = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
  UpdateExpression: 'SET Stock = Stock - :qty',
  ConditionExpression: 'Stock >= :qty',
  ExpressionAttributeValues: { ':qty': 1 },
};
const countOne = {
  TableName: 'Customers',
  Key: { CustomerID: 'C5678' },
  UpdateExpression: 'SET OrderCount = OrderCount + :inc',
  ExpressionAttributeValues: { ':inc': 1 },
};

// step: Take the last one
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders', // = insert
          Item: {
            OrderID: 'O1234', // = values
            CustomerID: 'C5678', // = values
            Amount: 99.95, // = values
            Status: 'Pending', // = values
          },
          ConditionExpression: 'attribute_not_exists(OrderID)', // = insert-new
        },
      },
      { Update: countOne }, // = count
      { Update: takeOne }, // = stock
    ],
  }),
);

// step: Try again with none left
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: {
            OrderID: 'O1235',
            CustomerID: 'C5678',
            Amount: 99.95,
            Status: 'Pending',
          },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
      { Update: countOne },
      { Update: takeOne },
    ],
  }),
);

// step: Nothing half done
const { Responses } = await db.send(
  new TransactGetCommand({
    TransactItems: [
      {
        Get: { TableName: 'Orders', Key: { OrderID: 'O1234' } }, // = order
      },
      {
        Get: { TableName: 'Orders', Key: { OrderID: 'O1235' } }, // = order
      },
      {
        Get: {
          TableName: 'Customers', // = customer
          Key: { CustomerID: 'C5678' }, // = customer
        },
      },
      {
        Get: {
          TableName: 'Inventory', // = stock
          Key: { ProductID: 'P9012' }, // = stock
        },
      },
    ],
  }),
);
const [first, second, customer, product] = Responses ?? [];
console.log('O1234:', first?.Item?.Status);
console.log('O1235:', second?.Item?.Status);
console.log('Orders of C5678:', customer?.Item?.OrderCount);
console.log('Stock of P9012:', product?.Item?.Stock);
