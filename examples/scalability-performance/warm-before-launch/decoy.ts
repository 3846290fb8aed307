import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Guests';

// step: Make the table
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: {
      ReadCapacityUnits: 100,
      WriteCapacityUnits: 30000,
    },
    AttributeDefinitions: [{ AttributeName: 'Guest', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'Guest', KeyType: 'HASH' }],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// step: Ten thousand units arrive
for (let from = 0; from < 40; from += 20) {
  const guests = Array.from({ length: 20 }, (_, i) => ({
    PutRequest: {
      Item: {
        Guest: `G${from + i}`,
        Words: 'x'.repeat(249 * 1024), // 250 write units
      },
    },
  }));
  const RequestItems = { [TableName]: guests };
  const left = await db
    .send(new BatchWriteCommand({ RequestItems }))
    .then(({ UnprocessedItems }) => UnprocessedItems)
    .catch(() => RequestItems);
  console.log(left?.[TableName]?.length ?? 0, 'refused');
}

// step: What is paid for
await client.send(new DescribeTableCommand({ TableName }));
