import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  SearchVectorsCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const hash = (AttributeName: string) =>
  ({ AttributeName, KeyType: 'HASH' }) as const;
const range = (AttributeName: string) =>
  ({ AttributeName, KeyType: 'RANGE' }) as const;
const text = (AttributeName: string) =>
  ({ AttributeName, AttributeType: 'S' }) as const;
const all = { ProjectionType: 'ALL' } as const;

// step: A local and a global index
await client.send(
  new CreateTableCommand({
    TableName: 'Replies',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['Post', 'Reply', 'At', 'By'].map(
      text,
    ),
    KeySchema: [hash('Post'), range('Reply')],
    LocalSecondaryIndexes: [
      {
        IndexName: 'ByDate',
        KeySchema: [hash('Post'), range('At')],
        Projection: all,
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByUser',
        KeySchema: [hash('By'), range('At')],
        Projection: all,
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Replies' },
);
for (const [Reply, At] of [
  ['R1', '2025-01-02'],
  ['R2', '2025-01-01'],
]) {
  await db.send(
    new PutCommand({
      TableName: 'Replies',
      Item: { Post: 'P1', Reply, At, By: 'U12346' },
    }),
  );
}
const local = await db.send(
  new QueryCommand({
    TableName: 'Replies',
    IndexName: 'ByDate',
    KeyConditionExpression: 'Post = :post',
    ExpressionAttributeValues: { ':post': 'P1' },
    ConsistentRead: true,
  }),
);
console.log(`${local.Count} replies by date`);

// step: Read it consistently
await db.send(
  new QueryCommand({
    TableName: 'Replies',
    IndexName: 'ByUser',
    KeyConditionExpression: '#by = :user',
    ExpressionAttributeNames: { '#by': 'By' },
    ExpressionAttributeValues: { ':user': 'U12346' },
    ConsistentRead: true,
  }),
);

// step: Six local indexes
const letters = ['A', 'B', 'C', 'D', 'E', 'F'];
await client.send(
  new CreateTableCommand({
    TableName: 'TooMany',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['Post', 'Reply', ...letters].map(
      text,
    ),
    KeySchema: [hash('Post'), range('Reply')],
    LocalSecondaryIndexes: letters.map((letter) => ({
      IndexName: `By${letter}`,
      KeySchema: [hash('Post'), range(letter)],
      Projection: all,
    })),
  }),
);

// step: A kind more
await client.send(
  new CreateTableCommand({
    TableName: 'Notes',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('Note')],
    KeySchema: [hash('Note')],
    VectorIndexes: [
      {
        IndexName: 'ByMeaning',
        VectorAttribute: { AttributeName: 'Meaning' },
        Dimensions: 2,
        DistanceFunction: 'COSINE',
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Notes' },
);
for (const [Note, Meaning] of [
  ['ink', [1, 0]],
  ['pens', [0.8, 0.2]],
  ['stars', [-1, 0.1]],
]) {
  await db.send(
    new PutCommand({
      TableName: 'Notes',
      Item: { Note, Meaning },
    }),
  );
}
const { SearchResults = [] } = await db.send(
  new SearchVectorsCommand({
    TableName: 'Notes',
    IndexName: 'ByMeaning',
    SearchVector: [0.9, 0.1],
    TopK: 2,
  }),
);
console.log(...SearchResults.map(({ Item }) => Item?.Note));
