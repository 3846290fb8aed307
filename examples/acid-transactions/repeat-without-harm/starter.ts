import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How the order is placed
const placeOrder = () =>
  db.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: 'Orders',
            Item: { OrderID: 'O1234', CustomerID: 'C5678', Amount: 8.9 },
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
      ],
    }),
  );

// step: The first attempt
await placeOrder();
console.log('All is well');

// step: The second attempt
await placeOrder();
console.log('All is well');
