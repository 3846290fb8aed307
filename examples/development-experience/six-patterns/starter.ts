import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Desk';
const names = ['PK', 'SK', 'GSI1PK', 'GSI1SK', 'GSI2PK', 'GSI2SK'];
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: key('PK', 'SK'),
    GlobalSecondaryIndexes: [1, 2].map((n) => ({
      IndexName: `GSI${n}`,
      KeySchema: key(`GSI${n}PK`, `GSI${n}SK`),
      Projection: { ProjectionType: 'ALL' },
    })),
  }),
);

const customers = [
  { Customer: 'C1', Email: 'ada@example.com' },
  { Customer: 'C2', Email: 'bob@example.com' },
];
const orders = [
  { Order: 'O1', Customer: 'C1', Day: '2025-01-05', Status: 'Paid' },
  { Order: 'O2', Customer: 'C1', Day: '2025-01-20', Status: 'Open' },
  { Order: 'O3', Customer: 'C2', Day: '2025-01-21', Status: 'Open' },
  { Order: 'O4', Customer: 'C1', Day: '2025-02-02', Status: 'Paid' },
  { Order: 'O5', Customer: 'C2', Day: '2025-02-03', Status: 'Paid' },
  { Order: 'O6', Customer: 'C1', Day: '2025-02-09', Status: 'Open' },
];
const put = (Item: Record<string, string>) => db.send(new PutCommand({ TableName, Item }));

// step: Store them
// The keys are yours to choose: those of the table, and those of
// GSI1 and GSI2 for items that shall be in them.
for (const customer of customers) {
  await put({ PK: customer.Customer, SK: '-', ...customer });
}
for (const order of orders) {
  await put({ PK: order.Order, SK: '-', ...order });
}

/** All items for which a filter holds. */
const scan = (filter: string, values: Record<string, string>) =>
  db.send(
    new ScanCommand({
      TableName,
      FilterExpression: filter,
      ExpressionAttributeNames: filter.includes('#')
        ? Object.fromEntries((filter.match(/#\w+/g) ?? []).map((n) => [n, n.slice(1)]))
        : undefined,
      ExpressionAttributeValues: values,
    }),
  );

// step: 1. A customer
await scan('#Customer = :c AND attribute_exists(Email)', {
  ':c': 'C1',
});

// step: 2. A customer by e-mail
await scan('#Email = :e', { ':e': 'bob@example.com' });

// step: 3. An order
await scan('#Order = :o', { ':o': 'O3' });

// step: 4. The orders of a customer, by day
await scan('#Customer = :c AND attribute_exists(#Order)', {
  ':c': 'C1',
});

// step: 5. Those of February
await scan('#Customer = :c AND #Day BETWEEN :a AND :b', {
  ':c': 'C1',
  ':a': '2025-02-01',
  ':b': '2025-02-28',
});

// step: 6. Open orders, the oldest first
await scan('#Status = :s', { ':s': 'Open' });
