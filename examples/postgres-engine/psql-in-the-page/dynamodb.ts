import {
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

async function describe(TableName: string) {
  const { Table } = await client.send(
    new DescribeTableCommand({ TableName }),
  );
  return Table;
}

// step: Describe a table
const table = await describe('Orders');
for (const { AttributeName, KeyType } of table?.KeySchema ?? [])
  console.log(AttributeName, KeyType);

// step: Count the rows of every table
for (const name of ['Customers', 'Inventory', 'Orders']) {
  const counted = await describe(name);
  console.log(name, counted?.ItemCount);
}

// step: Use an answer in a question
const { Items } = await db.send(
  new ScanCommand({
    TableName: 'Inventory',
    FilterExpression: 'Stock = :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
const last = Items?.[0];
console.log(last?.ProductID, 'costs', last?.Price);

// step: Decide
if (last?.Price > 50) console.log('Stock:', last?.Stock);
