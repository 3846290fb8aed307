import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Tickets';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'ID', AttributeType: 'S' },
      { AttributeName: 'Open', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'Open',
        KeySchema: [{ AttributeName: 'Open', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// step: Fifty tickets, two of them open
for (const from of [0, 25]) {
  const tickets = Array.from({ length: 25 }, (_, i) => ({
    ID: `T${from + i}`,
    Status: i === 0 ? 'open' : 'closed',
    ...(i === 0 && { Open: 'yes' }),
  }));
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: tickets.map((Item) => ({ PutRequest: { Item } })),
      },
    }),
  );
}

// step: Which are open?
const { Items = [] } = await db.send(new ScanCommand({ TableName, IndexName: 'Open' }));
console.log(
  Items.map(({ ID }) => ID)
    .sort()
    .join(' '),
);
