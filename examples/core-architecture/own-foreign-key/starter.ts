import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How an order is placed
const placeOrder = (OrderID: string, CustomerID: string) =>
  db.send(
    new PutCommand({
      TableName: 'Orders',
      Item: { OrderID, CustomerID, Amount: 8.9 },
    }),
  );

// step: An order of nobody
await placeOrder('O1234', 'C0000');

// step: An order of a customer
await placeOrder('O1235', 'C5678');
