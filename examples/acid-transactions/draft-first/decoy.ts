import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

const products = Array.from({ length: 60 }, (_, i) => `L${String(i + 1).padStart(3, '0')}`);
const order = (Status: string) => ({
  Put: {
    TableName: 'Orders',
    Item: { OrderID: 'O1234', CustomerID: 'C5678', Status },
    ConditionExpression: 'attribute_not_exists(OrderID)',
  },
});
const countOne = {
  Update: {
    TableName: 'Customers',
    Key: { CustomerID: 'C5678' },
    UpdateExpression: 'SET OrderCount = OrderCount + :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
};
const line = (ProductID: string) => ({
  Put: {
    TableName: 'App',
    Item: { PK: 'ORDER#O1234', SK: `ITEM#${ProductID}`, Qty: 1 },
  },
});
const takeOne = (ProductID: string) => ({
  Update: {
    TableName: 'Inventory',
    Key: { ProductID },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

// step: Nine each of 60 products
for (let n = 0; n < 60; n += 20) {
  const some = products.slice(n, n + 20).map((ProductID) => ({
    PutRequest: { Item: { ProductID, Stock: 9 } },
  }));
  await db.send(new BatchWriteCommand({ RequestItems: { Inventory: some } }));
}

// step: The two parts
const open = {
  Update: {
    TableName: 'Orders',
    Key: { OrderID: 'O1234' },
    UpdateExpression: 'SET #status = :pending',
    ConditionExpression: '#status = :draft',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':pending': 'Pending', ':draft': 'Draft' },
  },
};
const firstPart = () => [order('Pending'), ...products.map(line)];
const secondPart = () => [countOne, ...products.map(takeOne)];

// step: The first part
await db.send(new TransactWriteCommand({ TransactItems: firstPart() }));

// step: The second part
try {
  await db.send(new TransactWriteCommand({ TransactItems: secondPart() }));
} catch {
  // Take back what the first part has shown to readers.
  await db.send(
    new UpdateCommand({
      TableName: 'Orders',
      Key: { OrderID: 'O1234' },
      UpdateExpression: 'SET #status = :draft',
      ExpressionAttributeNames: { '#status': 'Status' },
      ExpressionAttributeValues: { ':draft': 'Draft' },
    }),
  );
}

// step: What readers see
const { Item } = await db.send(
  new GetCommand({ TableName: 'Orders', Key: { OrderID: 'O1234' }, ConsistentRead: true }),
);
console.log('Open:', Item && Item.Status !== 'Draft' ? Item.OrderID : 'none');
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'Inventory',
    FilterExpression: 'begins_with(ProductID, :l)',
    ExpressionAttributeValues: { ':l': 'L' },
    ConsistentRead: true,
  }),
);
console.log(
  'Stock:',
  Items.reduce((sum, { Stock }) => sum + Stock, 0),
);

// step: A job goes on
await db.send(new TransactWriteCommand({ TransactItems: [open, ...secondPart()] }));
