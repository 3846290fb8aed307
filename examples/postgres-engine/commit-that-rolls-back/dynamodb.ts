import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const product = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9012' },
};
const order = {
  TableName: 'Orders',
  Key: { OrderID: 'O1234' },
};

// step: Take the last one
await db.send(
  new UpdateCommand({
    ...product,
    UpdateExpression: 'SET Stock = Stock - :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
await db.send(
  new PutCommand({
    TableName: 'Orders',
    Item: { ...order.Key, CustomerID: 'C5678' },
  }),
);

// step: A mistake on the way
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9021' }, // no such product
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'attribute_exists(ProductID)',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: Go on as if nothing had happened
const taken = await db.send(new GetCommand(product));
console.log('Stock:', taken.Item?.Stock);

// step: Look
const left = await db.send(new GetCommand(product));
const placed = await db.send(new GetCommand(order));
console.log('Stock:', left.Item?.Stock);
console.log(placed.Item ? 'Order placed' : 'No order');
