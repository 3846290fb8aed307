import {
  type ConsumedCapacity,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const ReturnConsumedCapacity = 'TOTAL';

/** Dollars a million units, us-east-1, September 2026. */
const PRICE = { read: 0.125, write: 0.625 };
let dollars = 0;

/** Notes what a request has used, and what that is in a month. */
const count = (
  times: number,
  kind: 'read' | 'write',
  used: ConsumedCapacity | ConsumedCapacity[] | undefined,
) => {
  const units = [used ?? []]
    .flat()
    .reduce(
      (sum, { CapacityUnits }) => sum + (CapacityUnits ?? 0),
      0,
    );
  dollars += (times * units * PRICE[kind]) / 1e6;
  console.log(`${times} x ${units} ${kind} units`);
};

// step: A product page, 10 million times a month
const page = await db.send(
  new GetCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9001' },
    ReturnConsumedCapacity,
  }),
);
count(10_000_000, 'read', page.ConsumedCapacity);

// step: My last orders, 2 million times
const orders = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression:
      'PK = :me AND begins_with(SK, :order)',
    ExpressionAttributeValues: {
      ':me': 'CUST#C5615',
      ':order': 'ORDER#',
    },
    ScanIndexForward: false,
    Limit: 5,
    ReturnConsumedCapacity,
  }),
);
count(2_000_000, 'read', orders.ConsumedCapacity);

// step: An order, 200,000 times
const order = await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Orders',
          Item: {
            OrderID: 'O1234',
            CustomerID: 'C5678',
            Amount: 8.9,
            Status: 'Pending',
            CreatedAt: '2026-01-01T00:00:00Z',
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
          Key: { ProductID: 'P9001' },
          UpdateExpression: 'SET Stock = Stock - :one',
          ConditionExpression: 'Stock >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
    ReturnConsumedCapacity,
  }),
);
count(200_000, 'write', order.ConsumedCapacity);

// step: What sells beside blue ink? Once a day
const all = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    ProjectionExpression: '#i',
    ExpressionAttributeNames: { '#i': 'Items' },
    ReturnConsumedCapacity,
  }),
);
const together = new Map<string, number>();
for (const { Items: lines = [] } of all.Items ?? []) {
  const ids: string[] = lines.map(
    (line: { ProductID: string }) => line.ProductID,
  );
  if (!ids.includes('P9001')) continue;
  for (const id of ids)
    if (id !== 'P9001')
      together.set(id, (together.get(id) ?? 0) + 1);
}
const best = [...together].sort(
  (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]),
);
for (const [id, times] of best.slice(0, 3))
  console.log(id, times);
count(30, 'read', all.ConsumedCapacity);

// step: The month
console.log('Dollars:', dollars.toFixed(2));
console.log(
  'With ten times the traffic:',
  (dollars * 10).toFixed(2),
);
