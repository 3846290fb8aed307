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

async function create(TableName: string) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'PK', AttributeType: 'S' },
        { AttributeName: 'SK', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'PK', KeyType: 'HASH' },
        { AttributeName: 'SK', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

/** Twenty devices report in the same second. */
async function report(
  TableName: string,
  key: (device: string, at: string) => object,
) {
  const readings = Array.from({ length: 20 }, (_, i) => ({
    PutRequest: {
      Item: {
        ...key(`D${100 + i}`, '2026-11-22T09:00:00Z'),
        Values: 'x'.repeat(249 * 1024), // 250 write units
      },
    },
  }));
  const { UnprocessedItems } = await db.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: readings },
    }),
  );
  const left = UnprocessedItems?.[TableName]?.length ?? 0;
  console.log(20 - left, 'of 20 stored');
}

await create('ByDate');
await create('ByDevice');

// step: Keyed by date
await report('ByDate', (device, at) => ({
  PK: at.slice(0, 10),
  SK: `${at}#${device}`,
}));

// step: Keyed by device
await report('ByDevice', (device, at) => ({
  PK: device,
  SK: at,
}));
