import {
  CreateTableCommand,
  DynamoDBClient,
  ThrottlingException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt each: by default the SDK waits and tries again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

const create = async (TableName: string) => {
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
};
await create('ByDay');
await create('ByDevice');

const at = '2026-01-01T00:00:01Z';

/** Sixty devices report in the same second. */
const report = async (
  TableName: string,
  keyOf: (device: string) => { PK: string; SK: string },
) => {
  let refused = 0;
  for (let n = 1; n <= 60; n += 1) {
    const Item = { ...keyOf(`D${n}`), Celsius: 20 + (n % 7) };
    try {
      await db.send(new PutCommand({ TableName, Item }));
    } catch (error) {
      if (!(error instanceof ThrottlingException)) throw error;
      refused += 1;
    }
  }
  console.log('Refused:', refused);
};

// step: The day is the key
await report('ByDay', (device) => ({
  PK: at.slice(0, 10),
  SK: `${at}#${device}`,
}));

// step: The device is the key
await report('ByDevice', (device) => ({ PK: device, SK: at }));

// step: The last three of one device
const last = await db.send(
  new QueryCommand({
    TableName: 'PageViews',
    KeyConditionExpression: 'DeviceID = :device', // = device
    ExpressionAttributeValues: { ':device': 'D338' },
    ScanIndexForward: false, // = newest
    Limit: 3, // = three
  }),
);
for (const { At, PostID } of last.Items ?? [])
  console.log(At, PostID);
