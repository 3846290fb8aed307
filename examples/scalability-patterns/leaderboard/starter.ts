import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Scores';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Player', AttributeType: 'S' },
      { AttributeName: 'Board', AttributeType: 'S' },
      { AttributeName: 'Points', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Player', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByPoints',
        KeySchema: [
          { AttributeName: 'Board', KeyType: 'HASH' },
          { AttributeName: 'Points', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// step: Twelve players finish
const scores = Array.from({ length: 12 }, (_, i) => ({
  Player: `P${i + 1}`,
  Board: 'Main',
  Points: (i * 7) % 12,
}));
const { UnprocessedItems } = await db.send(
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: scores.map((Item) => ({ PutRequest: { Item } })),
    },
  }),
);
console.log(UnprocessedItems?.[TableName]?.length ?? 0, 'refused');

// step: The first three
const { Items: top = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByPoints',
    KeyConditionExpression: 'Board = :board',
    ExpressionAttributeValues: { ':board': 'Main' },
    ScanIndexForward: false,
    Limit: 3,
  }),
);
console.log(top.map(({ Player }) => Player).join(' '));
