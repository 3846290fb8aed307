import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// Dollars a million, on demand, us-east-1, 29 September 2026.
const price = { read: 0.125, write: 0.625 };

const ReturnConsumedCapacity = 'TOTAL' as const;
type Used = { CapacityUnits?: number | undefined };
const bill = new Map<string, number>();

/** Prints what one request costs, and a million of it. */
function meter(
  name: string,
  kind: keyof typeof price,
  used: Used | Used[] | undefined,
) {
  const units = [used ?? []]
    .flat()
    .reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
  const million = units * price[kind];
  bill.set(name, million);
  console.log(`${units} ${kind} units, $${million} a million`);
}

// step: Read a post
const one = await db.send(
  new GetCommand({
    TableName: 'App',
    Key: { PK: 'USER#U12345', SK: 'POST#2024-03-10#P1' },
    ReturnConsumedCapacity,
  }),
);
meter('post', 'read', one.ConsumedCapacity);

// step: Read a page of ten
const ten = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression:
      'PK = :user AND begins_with(SK, :p)', // = user
    ExpressionAttributeValues: {
      ':user': 'USER#U12345',
      ':p': 'POST#',
    },
    Limit: 10, // = limit
    ReturnConsumedCapacity,
  }),
);
meter('page', 'read', ten.ConsumedCapacity);

// step: Count a reader
const reader = await db.send(
  new UpdateCommand({
    TableName: 'UserPosts',
    Key: { UserID: 'U12345', PostDate: '2024-03-10T00:00:00Z' }, // = key
    UpdateExpression: 'ADD #views :one', // = count
    ExpressionAttributeNames: { '#views': 'Views' },
    ExpressionAttributeValues: { ':one': 1 },
    ReturnConsumedCapacity,
  }),
);
meter('reader', 'write', reader.ConsumedCapacity);

// step: Place an order
const order = await db.send(
  new TransactWriteCommand({
    ReturnConsumedCapacity,
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: {
            OrderID: 'O1234',
            CustomerID: 'C5678',
            Amount: 99.95,
            Status: 'Pending',
            CreatedAt: '2025-01-01T00:00:00Z',
          },
          ConditionExpression: 'attribute_not_exists(OrderID)',
        },
      },
      {
        Update: {
          TableName: 'Customers',
          Key: { CustomerID: 'C5678' },
          UpdateExpression: 'ADD OrderCount :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      {
        Update: {
          TableName: 'Inventory',
          Key: { ProductID: 'P9012' },
          UpdateExpression: 'SET Stock = Stock - :one',
          ConditionExpression: 'Stock >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  }),
);
meter('order', 'write', order.ConsumedCapacity);

// step: Report on all posts
const report = await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    FilterExpression: '#views >= :much',
    ExpressionAttributeNames: { '#views': 'Views' },
    ExpressionAttributeValues: { ':much': 1500 },
    Select: 'COUNT',
    ReturnConsumedCapacity,
  }),
);
meter('report', 'read', report.ConsumedCapacity);

// step: A day
const day = {
  post: 100_000,
  page: 20_000,
  reader: 100_000,
  order: 500,
  report: 24,
};
let total = 0;
for (const [name, times] of Object.entries(day)) {
  const dollars = ((bill.get(name) ?? 0) * times) / 1_000_000;
  total += dollars;
  console.log(`${times} x ${name}: $${dollars.toFixed(5)}`);
}
console.log(`A day: $${total.toFixed(3)}`);
