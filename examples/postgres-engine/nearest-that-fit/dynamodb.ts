import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  SearchVectorsCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

await client.send(
  new CreateTableCommand({
    TableName: 'Notes',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Note', AttributeType: 'S' },
      { AttributeName: 'Kind', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Note', KeyType: 'HASH' }],
    VectorIndexes: [
      {
        IndexName: 'ByMeaning',
        VectorAttribute: { AttributeName: 'Meaning' },
        Dimensions: 3,
        DistanceFunction: 'COSINE',
        SearchSchema: [
          {
            AttributeName: 'Kind',
            SearchSchemaElementType: 'INLINE_FILTER',
          },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Notes' },
);
const notes: Array<[string, string, number[]]> = [
  ['ink', 'draft', [1, 0, 0]],
  ['inks', 'draft', [0.9, 0.1, 0]],
  ['pens', 'draft', [0.8, 0.2, 0]],
  ['paper', 'post', [0.6, 0.4, 0]],
  ['desks', 'post', [0, 1, 0]],
  ['stars', 'post', [-1, 0, 0]],
];
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Notes: notes.map(([Note, Kind, Meaning]) => ({
        PutRequest: { Item: { Note, Kind, Meaning } },
      })),
    },
  }),
);

const nearest = {
  TableName: 'Notes',
  IndexName: 'ByMeaning',
  SearchVector: [1, 0, 0],
  TopK: 2,
};

// step: The two nearest
const { SearchResults: both } = await db.send(
  new SearchVectorsCommand(nearest),
);
for (const { Item, Score } of both ?? [])
  console.log(Item?.Note, Score?.toFixed(3));

// step: The two nearest posts
const { SearchResults: posts } = await db.send(
  new SearchVectorsCommand({
    ...nearest,
    SearchConditionExpression: 'Kind = :kind',
    ExpressionAttributeValues: { ':kind': 'post' },
  }),
);
for (const { Item } of posts ?? []) console.log(Item?.Note);
