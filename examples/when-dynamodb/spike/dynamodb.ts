import {
  CreateTableCommand,
  DynamoDBClient,
  ThrottlingException,
  type WarmThroughput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt each: by default the SDK waits and tries again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

const create = async (
  TableName: string,
  warm?: WarmThroughput,
) => {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'UploadID', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'UploadID', KeyType: 'HASH' },
      ],
      ...(warm && { WarmThroughput: warm }),
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
};
await create('Cold');
await create('Warm', { WriteUnitsPerSecond: 40_000 });

/** Twenty-four uploads of 250 units in one second. */
const rush = async (TableName: string) => {
  let refused = 0;
  for (let n = 1; n <= 24; n += 1) {
    const Item = {
      UploadID: `upload-${n}`,
      Body: 'x'.repeat(249 * 1024),
    };
    try {
      await db.send(new PutCommand({ TableName, Item }));
    } catch (error) {
      if (!(error instanceof ThrottlingException)) throw error;
      refused += 1;
    }
  }
  console.log('Refused:', refused);
};

// step: 6,000 units at once
await rush('Cold');

// step: The same, warmed up
await rush('Warm');
