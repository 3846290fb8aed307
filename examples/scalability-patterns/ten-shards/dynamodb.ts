import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Readings';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Day', AttributeType: 'S' },
      { AttributeName: 'Number', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Day', KeyType: 'HASH' },
      { AttributeName: 'Number', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

/** Stores readings of a day, 250 write units each. */
async function store(day: string, shards: number) {
  const puts = Array.from({ length: 20 }, (_, i) => ({
    PutRequest: {
      Item: {
        Day: shards > 1 ? `${day}#${i % shards}` : day,
        Number: i + 1,
        Values: 'x'.repeat(249 * 1024),
      },
    },
  }));
  const { UnprocessedItems } = await db.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: puts },
    }),
  );
  const left = UnprocessedItems?.[TableName]?.length ?? 0;
  console.log(20 - left, 'of 20 stored');
}

/** The numbers of the readings under a key, in order. */
async function read(key: string): Promise<number[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#day = :key',
      ExpressionAttributeNames: {
        '#day': 'Day',
        '#n': 'Number',
      },
      ExpressionAttributeValues: { ':key': key },
      ProjectionExpression: '#n',
    }),
  );
  return Items.map((item) => item.Number);
}

// step: One key for the day
await store('2026-11-21', 1);

// step: Ten keys for the day
await store('2026-11-22', 10);

// step: Read the day
const keys = Array.from(
  { length: 10 },
  (_, shard) => `2026-11-22#${shard}`,
);
const parts = await Promise.all(keys.map(read));
const numbers = parts.flat().sort((a, b) => a - b);
console.log(numbers.join(' '));
