import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

/** A table of one month, with 25 views of one device. */
const days = Array.from({ length: 25 }, (_, i) => i + 1);
async function create(month: string) {
  const TableName = `Views-${month}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'DeviceID', AttributeType: 'S' },
        { AttributeName: 'Day', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'DeviceID', KeyType: 'HASH' },
        { AttributeName: 'Day', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
  const puts = days.map((Day) => ({
    PutRequest: { Item: { DeviceID: 'D001', Day } },
  }));
  await db.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: puts },
    }),
  );
}

await create('2024-10');
await create('2024-11');
await create('2024-12');

// step: Read December
const views = await db.send(
  new QueryCommand({
    TableName: 'Views-2024-12',
    KeyConditionExpression: 'DeviceID = :device',
    ExpressionAttributeValues: { ':device': 'D001' },
    Select: 'COUNT',
  }),
);
console.log(views.Count, 'views');

// step: Delete October, row by row
const deletes = days.map((Day) => ({
  DeleteRequest: { Key: { DeviceID: 'D001', Day } },
}));
await db.send(
  new BatchWriteCommand({
    RequestItems: { 'Views-2024-10': deletes },
  }),
);

// step: Drop November as a whole
await client.send(
  new DeleteTableCommand({ TableName: 'Views-2024-11' }),
);
