import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt: by default the SDK waits and tries again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

const TableName = 'Clicks';

/** Thirty writes of one unit each, in the same second. */
async function spike() {
  let taken = 0;
  const refused = new Map<string, number>();
  for (let click = 1; click <= 30; click += 1) {
    try {
      await db.send(
        new PutCommand({
          TableName,
          Item: { ClickID: `C${click}` },
        }),
      );
      taken += 1;
    } catch (error) {
      const { name } = error as Error;
      refused.set(name, (refused.get(name) ?? 0) + 1);
    }
  }
  console.log('Taken:', taken);
  for (const [name, times] of refused) {
    console.log(`Refused: ${times}, ${name}`);
  }
}

// step: Two units
await client.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'ClickID', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'ClickID', KeyType: 'HASH' }],
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: {
      ReadCapacityUnits: 2,
      WriteCapacityUnits: 2,
    },
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);
await spike();

// step: On demand
await client.send(
  new UpdateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await spike();

// step: With a ceiling
await client.send(
  new UpdateTableCommand({
    TableName,
    OnDemandThroughput: { MaxWriteRequestUnits: 10 },
  }),
);
await spike();
