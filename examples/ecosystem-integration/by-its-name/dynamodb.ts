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

// step: By its own name
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
        IndexName: 'ByPlace',
        VectorAttribute: { AttributeName: 'Place' },
        Dimensions: 2,
        DistanceFunction: 'EUCLIDEAN',
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Notes' },
);
const notes: Array<[string, number[]]> = [
  ['ink', [1, 0]],
  ['pens', [0.8, 0.2]],
  ['paper', [0.6, 0.4]],
  ['stars', [-1, 0]],
];
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Notes: notes.map(([Note, Place]) => ({
        PutRequest: { Item: { Note, Place } },
      })),
    },
  }),
);

// step: The nearest note
const { SearchResults } = await db.send(
  new SearchVectorsCommand({
    TableName: 'Notes',
    IndexName: 'ByPlace',
    SearchVector: [0.75, 0.25],
    TopK: 1,
  }),
);
console.log(SearchResults?.[0]?.Item?.Note);
