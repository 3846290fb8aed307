import {
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Orders';

// step: A new index
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Status', AttributeType: 'S' },
      { AttributeName: 'CreatedAt', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'OrdersByStatusAmount',
          KeySchema: [
            { AttributeName: 'Status', KeyType: 'HASH' },
            { AttributeName: 'CreatedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// step: Delivered orders
const { Count, Items = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'OrdersByStatusAmount',
    KeyConditionExpression: '#status = :status',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':status': 'Delivered' },
  }),
);

const cents = Items.map(({ Amount }) => Math.round(Amount * 100));
console.log(`${Count} orders of ${cents.reduce((a, b) => a + b, 0)} cents`);

// step: Take the old one away
await client.send(
  new UpdateTableCommand({
    TableName,
    GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'OrdersByStatus' } }],
  }),
);

// step: What there is
const { Table } = await client.send(new DescribeTableCommand({ TableName }));
const names = Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName);
console.log(`Indexes: ${names?.sort().join(', ')}.`);
