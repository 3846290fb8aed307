import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

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
for (const customer of customers) {
  const PK = `CUST#${customer.Customer}`;
  const GSI1PK = `EMAIL#${customer.Email}`;
  await put({ PK, SK: 'PROFILE', GSI1PK, GSI1SK: '-', ...customer });
}
for (const order of orders) {
  const { Order, Customer, Day, Status } = order;
  const open = { GSI2PK: 'OPEN', GSI2SK: Day };
  await put({
    PK: `CUST#${Customer}`,
    SK: `ORDER#${Day}#${Order}`,
    GSI1PK: `ORDER#${Order}`,
    GSI1SK: '-',
    ...(Status === 'Open' && open),
    ...order,
  });
}

/** The items of a key, in a table or an index. */
const query = (where: string, values: Record<string, string>, IndexName?: string) =>
  db.send(
    new QueryCommand({
      TableName,
      IndexName,
      KeyConditionExpression: where,
      ExpressionAttributeValues: values,
    }),
  );

// step: 1. A customer
await query('PK = :c AND SK = :p', { ':c': 'CUST#C1', ':p': 'PROFILE' });

// step: 2. A customer by e-mail
await query('GSI1PK = :e', { ':e': 'EMAIL#bob@example.com' }, 'GSI1');

// step: 3. An order
await query('GSI1PK = :o', { ':o': 'ORDER#O3' }, 'GSI1');

// step: 4. The orders of a customer, by day
await query('PK = :c AND begins_with(SK, :o)', {
  ':c': 'CUST#C1',
  ':o': 'ORDER#',
});

// step: 5. Those of February
await query('PK = :c AND begins_with(SK, :o)', {
  ':c': 'CUST#C1',
  ':o': 'ORDER#2025-02',
});

// step: 6. Open orders, the oldest first
await query('GSI2PK = :open', { ':open': 'OPEN' }, 'GSI2');
