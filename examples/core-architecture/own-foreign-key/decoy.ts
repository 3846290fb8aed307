import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: How an order is placed
const placeOrder = async (OrderID: string, CustomerID: string) => {
  const { Item } = await db.send(
    new GetCommand({ TableName: 'Customers', Key: { CustomerID }, ConsistentRead: true }),
  );
  if (!Item) {
    console.log(CustomerID, 'is nobody');
    return;
  }
  await db.send(
    new PutCommand({
      TableName: 'Orders',
      Item: { OrderID, CustomerID, Amount: 8.9 },
    }),
  );
};

// step: An order of nobody
await placeOrder('O1234', 'C0000');

// step: An order of a customer
await placeOrder('O1235', 'C5678');
