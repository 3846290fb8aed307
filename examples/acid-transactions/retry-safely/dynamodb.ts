import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const order = (OrderID: string) => [
  {
    Put: {
      TableName: 'Orders',
      Item: { OrderID, CustomerID: 'C5678', Amount: 8.9 },
      ConditionExpression: 'attribute_not_exists(OrderID)',
    },
  },
  {
    Update: {
      TableName: 'Customers',
      Key: { CustomerID: 'C5678' },
      UpdateExpression: 'SET OrderCount = OrderCount + :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  },
];

// step: Place an order
await db.send(
  new TransactWriteCommand({ TransactItems: order('O1234') }), // = transaction "TransactWriteCommand"
);

// step: Send the same again
await db.send(
  new TransactWriteCommand({ TransactItems: order('O1234') }),
);

// step: Send twice, made to be repeated
const request = {
  ClientRequestToken: 'cart-77', // = once
  TransactItems: order('O1235'),
};
await db.send(new TransactWriteCommand(request)); // = first
await db.send(new TransactWriteCommand(request)); // = second

// step: The same token, another order
await db.send(
  new TransactWriteCommand({
    ClientRequestToken: 'cart-77',
    TransactItems: order('O1236'),
  }),
);
