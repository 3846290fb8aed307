import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Orders';

// step: A new index
// Yours comes here, with an UpdateTableCommand.

// step: Delivered orders
const { Count, Items = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'OrdersByStatus',
    KeyConditionExpression: '#status = :status',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':status': 'Delivered' },
  }),
);

const cents = Items.map(({ Amount }) => Math.round(Amount * 100));
console.log(`${Count} orders of ${cents.reduce((a, b) => a + b, 0)} cents`);

// step: Take the old one away
// And the rest here.

// step: What there is
const { Table } = await client.send(new DescribeTableCommand({ TableName }));
const names = Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName);
console.log(`Indexes: ${names?.sort().join(', ')}.`);
