import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  SearchVectorsCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: “At most 25 items in a transaction”
await db.send(
  new TransactWriteCommand({
    TransactItems: Array.from({ length: 40 }, (_, n) => ({
      Put: {
        TableName: 'App',
        Item: { PK: 'ORDER#O1234', SK: `LINE#${n}` },
      },
    })),
  }),
);

// step: “Global and local secondary indexes”
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
const notes: Array<[string, number[]]> = [
  ['ink', [1, 0.1]],
  ['pens', [0.9, 0.3]],
  ['stars', [-1, 0.2]],
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
const { SearchResults } = await db.send(
  new SearchVectorsCommand({
    TableName: 'Notes',
    IndexName: 'ByMeaning',
    SearchVector: [1, 0],
    TopK: 2,
  }),
);
for (const { Item } of SearchResults ?? [])
  console.log(Item?.Note);

// step: “Condition expressions for row-level security”
const draft = { PK: 'DRAFT#1', SK: 'DRAFT' };
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { ...draft, Owner: 'U12345', Text: 'My own words' },
  }),
);
// Another user's program, which sends no condition.
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { ...draft, Owner: 'U12346', Text: 'Mine now' },
  }),
);
console.log('Nobody has objected');
