import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Customers';

// step: Change the table

// step: Wait for it
const indexes = async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table?.GlobalSecondaryIndexes ?? [];
};
const creating = async () => (await indexes()).some(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
while (await creating()) await new Promise((resolve) => setTimeout(resolve, 1000));

// step: Who is U12345?
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
  }),
);
console.log(Items[0]?.CustomerID);
