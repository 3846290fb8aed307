import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function user(UserID: string) {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'Users',
      Key: { UserID },
      ProjectionExpression: 'UserID, Username, ReferredBy',
    }),
  );
  return Item;
}

// step: One link
const guest = await user('U12348');
const host = await user(guest?.ReferredBy);
console.log(guest?.Username, 'came by', host?.Username);

// step: The whole chain
const chain: string[] = [];
let next: string | undefined = 'U12348';
while (next) {
  const found = await user(next);
  chain.push(next);
  next = found?.ReferredBy;
}
console.log(chain.join(' < '));

// step: All who came by U12345
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'Users',
    ProjectionExpression: 'UserID, ReferredBy',
  }),
);
let level = ['U12345'];
for (let depth = 0; level.length > 0; depth += 1) {
  console.log('level', depth, 'has', level.length);
  level = Items.filter(({ ReferredBy }) =>
    level.includes(ReferredBy),
  ).map(({ UserID }) => UserID);
}

// step: Rank and running total
const { Items: customers = [] } = await db.send(
  new ScanCommand({
    TableName: 'Customers',
    FilterExpression: 'OrderCount >= :few',
    ExpressionAttributeValues: { ':few': 5 },
  }),
);
customers.sort(
  (a, b) =>
    b.OrderCount - a.OrderCount ||
    a.CustomerID.localeCompare(b.CustomerID),
);
let running = 0;
for (const { CustomerID, OrderCount } of customers) {
  running += OrderCount;
  const rank =
    1 +
    customers.filter((other) => other.OrderCount > OrderCount)
      .length;
  console.log(rank, CustomerID, OrderCount, running);
}
