import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

/** Orders with unique keys, and an index by one attribute. */
async function create(TableName: string, by: string) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['OrderID', by].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'OrderID', KeyType: 'HASH' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: `By${by}`,
          KeySchema: [{ AttributeName: by, KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

/** Twelve orders within a second, 250 write units each. */
async function store(TableName: string) {
  const orders = Array.from({ length: 12 }, (_, i) => ({
    PutRequest: {
      Item: {
        OrderID: `O${1234 + i}`,
        CustomerID: `C${5559 + i}`,
        Status: 'Pending',
        Notes: 'x'.repeat(249 * 1024),
      },
    },
  }));
  const { UnprocessedItems } = await db.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: orders },
    }),
  );
  const left = UnprocessedItems?.[TableName]?.length ?? 0;
  console.log(12 - left, 'of 12 stored');
}

await create('IndexedByStatus', 'Status');
await create('IndexedByCustomer', 'CustomerID');

// step: An index by status
await store('IndexedByStatus');

// step: An index by customer
await store('IndexedByCustomer');
