import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

const puts = (table: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    TableName: table,
    Item: { Device: `${table}-${index}`, Clicks: 1 },
  }));

async function putAll(table: string, count: number) {
  const { UnprocessedItems } = await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [table]: puts(table, count).map(({ Item }) => ({
          PutRequest: { Item },
        })),
      },
    }),
  );
  const back = UnprocessedItems?.[table]?.length ?? 0;
  console.log(`${count - back} stored, ${back} handed back`);
}

async function createTable(TableName: string, units?: number) {
  await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'Device', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'Device', AttributeType: 'S' },
      ],
      ...(units === undefined
        ? { BillingMode: 'PAY_PER_REQUEST' }
        : {
            ProvisionedThroughput: {
              ReadCapacityUnits: units,
              WriteCapacityUnits: units,
            },
          }),
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

// step: Two tables
await createTable('Clicks');
await createTable('BusyClicks', 5);

// step: Twenty-six at once
await putAll('Clicks', 26);

// step: Twenty-five
await putAll('Clicks', 25);

// step: Eight into a busy table
await putAll('BusyClicks', 8);

// step: The same as a transaction
await db.send(
  new TransactWriteCommand({
    TransactItems: puts('BusyClicks', 8).map((Put) => ({
      Put,
    })),
  }),
);
