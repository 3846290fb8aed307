import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  TransactWriteCommand,
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
const firstPart = () => [
  order('Pending'),
  countOne,
  ...products.slice(0, 40).map(line),
  ...products.slice(0, 40).map(takeOne),
];
const secondPart = () => [...products.slice(40).map(line), ...products.slice(40).map(takeOne)];

// step: The first part
await db.send(new TransactWriteCommand({ TransactItems: firstPart() }));

// step: The second part
await db.send(new TransactWriteCommand({ TransactItems: secondPart() }));

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
await db.send(new TransactWriteCommand({ TransactItems: secondPart() }));
