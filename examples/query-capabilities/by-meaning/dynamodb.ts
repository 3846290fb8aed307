import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  ScanCommand,
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
    ],
    KeySchema: [{ AttributeName: 'Note', KeyType: 'HASH' }],
    VectorIndexes: [
      {
        IndexName: 'ByMeaning',
        VectorAttribute: { AttributeName: 'Meaning' },
        Dimensions: 3,
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
// About writing, about keeping, about money.
const notes: Array<[string, number[]]> = [
  ['Cleaning a fountain pen', [0.9, 0.2, 0]],
  ['Ink that does not fade', [0.8, 0.4, 0.1]],
  ['Paper for letters', [0.7, 0.1, 0.2]],
  ['Copies on two continents', [0, 1, 0.2]],
  ['What a gigabyte costs', [0, 0.4, 0.9]],
];
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Notes: notes.map(([Note, Meaning]) => ({
        PutRequest: { Item: { Note, Meaning } },
      })),
    },
  }),
);

// step: By a word
const words = await db.send(
  new ScanCommand({
    TableName: 'Notes',
    FilterExpression: 'contains(Note, :word)',
    ExpressionAttributeValues: { ':word': 'writ' },
  }),
);
console.log(words.Count, 'of', words.ScannedCount);

// step: By meaning
const { SearchResults } = await db.send(
  new SearchVectorsCommand({
    TableName: 'Notes',
    IndexName: 'ByMeaning',
    SearchVector: [1, 0.3, 0],
    TopK: 2,
  }),
);
for (const { Item, Score } of SearchResults ?? [])
  console.log(Item?.Note, Score?.toFixed(3));
