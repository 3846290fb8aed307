import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

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
  Board: `Main#${i}`,
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
const { Items = [] } = await db.send(new ScanCommand({ TableName, IndexName: 'ByPoints' }));
const top = Items.sort((a, b) => b.Points - a.Points).slice(0, 3);
console.log(top.map(({ Player }) => Player).join(' '));
