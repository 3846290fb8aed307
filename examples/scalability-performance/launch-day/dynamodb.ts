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

async function create(TableName: string, warm?: number) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'Guest', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'Guest', KeyType: 'HASH' }],
      WarmThroughput: warm
        ? {
            ReadUnitsPerSecond: 12000,
            WriteUnitsPerSecond: warm,
          }
        : undefined,
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

/** So many guests within a second, 250 units each. */
async function arrive(TableName: string, guests: number) {
  let refused = 0;
  for (let from = 0; from < guests; from += 25) {
    const size = Math.min(25, guests - from);
    const batch = Array.from({ length: size }, (_, i) => ({
      PutRequest: {
        Item: {
          Guest: `G${from + i}`,
          Words: 'x'.repeat(249 * 1024),
        },
      },
    }));
    const RequestItems = { [TableName]: batch };
    const left = await db
      .send(new BatchWriteCommand({ RequestItems }))
      .then(({ UnprocessedItems }) => UnprocessedItems)
      // An exception says that none of them was stored.
      .catch(() => RequestItems);
    refused += left?.[TableName]?.length ?? 0;
  }
  console.log(guests - refused, 'of', guests, 'stored');
}

// step: A quiet day
await create('Launch');
await arrive('Launch', 4);

// step: Ten times as many
await arrive('Launch', 40);

// step: Half an hour later
await arrive('Launch', 40);

// step: A table that was warmed
await create('Warmed', 20_000);
await arrive('Warmed', 40);
