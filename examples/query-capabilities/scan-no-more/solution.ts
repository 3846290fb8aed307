import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Customers';

// step: Change the table
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'UserID', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'ByUser',
          KeySchema: [{ AttributeName: 'UserID', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  }),
);

// step: Wait for it
const indexes = async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table?.GlobalSecondaryIndexes ?? [];
};
const creating = async () => (await indexes()).some(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
while (await creating()) await new Promise((resolve) => setTimeout(resolve, 1000));

// step: Who is U12345?
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByUser',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
  }),
);
console.log(Items[0]?.CustomerID);
