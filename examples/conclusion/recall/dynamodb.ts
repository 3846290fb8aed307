import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const ReturnConsumedCapacity = 'TOTAL';

// step: As things are
const scan = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    FilterExpression: 'OrderID >= :first',
    ExpressionAttributeValues: { ':first': 'O1200' },
    ReturnConsumedCapacity,
  }),
);
const told = (scan.Items ?? [])
  .filter(({ Items }) =>
    Items.some(
      (line: { ProductID: string }) =>
        line.ProductID === 'P9005',
    ),
  )
  .map(({ CustomerID }) => CustomerID)
  .sort();
const before = scan.ConsumedCapacity?.CapacityUnits ?? 0;
console.log('Tell', told.join(' '));
console.log(scan.ScannedCount, 'read,', before, 'units');

// step: Build the path
const TableName = 'App';
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'SK', AttributeType: 'S' },
      { AttributeName: 'PK', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'Turned',
          KeySchema: [
            { AttributeName: 'SK', KeyType: 'HASH' },
            { AttributeName: 'PK', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  }),
);
const turned = async () => {
  const { Table } = await client.send(
    new DescribeTableCommand({ TableName }),
  );
  return Table?.GlobalSecondaryIndexes?.find(
    ({ IndexName }) => IndexName === 'Turned',
  );
};
while ((await turned())?.IndexStatus !== 'ACTIVE') {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

// step: With the path
const lines = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'Turned',
    KeyConditionExpression: 'SK = :line AND PK >= :first',
    ExpressionAttributeValues: {
      ':line': 'ITEM#P9005',
      ':first': 'ORDER#O1200',
    },
    ReturnConsumedCapacity,
  }),
);
const orders = await db.send(
  new BatchGetCommand({
    RequestItems: {
      Orders: {
        Keys: (lines.Items ?? []).map(({ PK }) => ({
          OrderID: PK.replace('ORDER#', ''),
        })),
        ProjectionExpression: 'CustomerID',
      },
    },
    ReturnConsumedCapacity,
  }),
);
const found = (orders.Responses?.Orders ?? [])
  .map(({ CustomerID }) => CustomerID)
  .sort();
const after =
  (lines.ConsumedCapacity?.CapacityUnits ?? 0) +
  (orders.ConsumedCapacity?.[0]?.CapacityUnits ?? 0);
console.log('Tell', found.join(' '));
console.log(lines.ScannedCount, 'lines,', after, 'units');

// step: Was it worth it?
// AWS brings this count up to date every six hours.
const entries = (await turned())?.ItemCount ?? 0;
// A write unit costs as much as five read units.
const asks = Math.ceil((entries * 5) / (before - after));
console.log(`${entries} entries, a write unit each`);
console.log(`paid for after ${asks} such questions`);
