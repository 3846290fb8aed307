import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'Customers';
// Dollars a million write units, 29 September 2026.
const write = 0.625;

// step: Ask without preparing
const { Items: all = [] } = await db.send(
  new ScanCommand({ TableName }),
);
const most = all
  .map(({ OrderCount }) => OrderCount)
  .sort((a, b) => b - a)
  .slice(0, 5);
console.log(most.join(' '), `of ${all.length} that were read`);

// step: Prepare
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Shop', AttributeType: 'S' },
      { AttributeName: 'OrderCount', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'ByOrders',
          KeySchema: [
            { AttributeName: 'Shop', KeyType: 'HASH' },
            { AttributeName: 'OrderCount', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  }),
);
const status = async () => {
  const { Table } = await client.send(
    new DescribeTableCommand({ TableName }),
  );
  return Table?.GlobalSecondaryIndexes?.[0]?.IndexStatus;
};
while ((await status()) !== 'ACTIVE') {
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
let units = 0;
for (const { CustomerID } of all) {
  const { ConsumedCapacity } = await db.send(
    new UpdateCommand({
      TableName,
      Key: { CustomerID },
      UpdateExpression: 'SET Shop = :shop',
      ExpressionAttributeValues: { ':shop': 'Inkwell' },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  units += ConsumedCapacity?.CapacityUnits ?? 0;
}
console.log(
  `${units} write units,`,
  `$${(units * write).toFixed(2)} for 120 million customers`,
);

// step: Ask
const { Items: top = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByOrders', // = index
    KeyConditionExpression: 'Shop = :shop',
    ExpressionAttributeValues: { ':shop': 'Inkwell' },
    ScanIndexForward: false, // = order
    Limit: 5, // = limit
  }),
);
console.log(top.map(({ OrderCount }) => OrderCount).join(' '));
