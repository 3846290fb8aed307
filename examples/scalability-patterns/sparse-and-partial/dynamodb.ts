import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Jobs';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['ID', 'OpenSince'].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'Open',
        KeySchema: [
          { AttributeName: 'OpenSince', KeyType: 'HASH' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

// step: Many jobs, four of them open
for (let from = 0; from < 100; from += 25) {
  const jobs = Array.from({ length: 25 }, (_, i) => ({
    ID: `J${from + i}`,
    Status: i === 0 ? 'open' : 'done',
    ...(i === 0 && { OpenSince: `2026-11-2${from / 25}` }),
  }));
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: jobs.map((Item) => ({
          PutRequest: { Item },
        })),
      },
    }),
  );
}

// step: Which are open?
const open = await db.send(
  new ScanCommand({ TableName, IndexName: 'Open' }), // = open "IndexName: 'Open'"
);
console.log(open.Count, 'open,', open.ScannedCount, 'read');

// step: Close one
await db.send(
  new UpdateCommand({
    TableName,
    Key: { ID: 'J25' },
    UpdateExpression: 'SET #s = :done REMOVE OpenSince', // = close
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':done': 'done' },
  }),
);

// step: Change one that is done
await db.send(
  new UpdateCommand({
    TableName,
    Key: { ID: 'J1' },
    UpdateExpression: 'SET Note = :note',
    ExpressionAttributeValues: { ':note': 'filed' },
  }),
);
