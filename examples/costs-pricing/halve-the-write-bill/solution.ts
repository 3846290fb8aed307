import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'OrderLog';

// step: The table
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'OrderID', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'OrderID', AttributeType: 'S' },
      { AttributeName: 'Status', AttributeType: 'S' },
      { AttributeName: 'CustomerID', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByStatus',
        KeySchema: [{ AttributeName: 'Status', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
      {
        IndexName: 'ByCustomer',
        KeySchema: [{ AttributeName: 'CustomerID', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// step: A day
for (let n = 1; n <= 40; n += 1) {
  await db.send(
    new PutCommand({
      TableName,
      Item: {
        OrderID: `N${String(n).padStart(2, '0')}`,
        CustomerID: `C560${n % 8}`,
        Status: n % 10 === 0 ? 'Pending' : 'Shipped',
        Invoice: 'x'.repeat(3900),
      },
    }),
  );
}

// step: Pending orders
await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByStatus',
    KeyConditionExpression: '#status = :pending',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':pending': 'Pending' },
  }),
);

// step: Orders of a customer
await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByCustomer',
    KeyConditionExpression: 'CustomerID = :customer',
    ExpressionAttributeValues: { ':customer': 'C5603' },
  }),
);
