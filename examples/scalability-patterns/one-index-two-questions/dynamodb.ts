import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Shop';

const hash = (AttributeName: string) =>
  ({ AttributeName, KeyType: 'HASH' }) as const;
const range = (AttributeName: string) =>
  ({ AttributeName, KeyType: 'RANGE' }) as const;
const all = { ProjectionType: 'ALL' } as const;

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      'ID',
      'GSI1PK',
      'GSI1SK',
      'Country',
      'Status',
      'Day',
    ].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: [hash('ID')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'GSI1', // one index, many meanings
        KeySchema: [hash('GSI1PK'), range('GSI1SK')],
        Projection: all,
      },
      {
        IndexName: 'ByStatus', // a key of several attributes
        KeySchema: [
          hash('Country'),
          hash('Status'),
          range('Day'),
        ],
        Projection: all,
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

const order = (ID: string, Status: string, Day: string) => ({
  ID,
  Country: 'DE',
  Status,
  Day,
  GSI1PK: `DE#${Status}`,
  GSI1SK: Day,
});

// step: Store orders and a user
const items = [
  order('O1', 'Pending', '2026-11-20'),
  order('O2', 'Pending', '2026-11-21'),
  order('O3', 'Shipped', '2026-11-21'),
  { ID: 'U1', GSI1PK: 'EMAIL#john@example.com', GSI1SK: 'U' },
];
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: items.map((Item) => ({
        PutRequest: { Item },
      })),
    },
  }),
);

const overloaded = async (key: string) => {
  const { Items } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :key',
      ExpressionAttributeValues: { ':key': key },
      ProjectionExpression: 'ID',
    }),
  );
  console.log(key, Items?.map(({ ID }) => ID).join(' '));
};

// step: One index, two questions
await overloaded('EMAIL#john@example.com');
await overloaded('DE#Pending');

// step: Ship an order
await db.send(
  new UpdateCommand({
    TableName,
    Key: { ID: 'O1' },
    UpdateExpression: 'SET #s = :shipped',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':shipped': 'Shipped' },
  }),
);

// step: Who is pending?
await overloaded('DE#Pending');
const { Items } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByStatus',
    KeyConditionExpression: 'Country = :c AND #s = :s',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':c': 'DE', ':s': 'Pending' },
    ProjectionExpression: 'ID',
  }),
);
console.log('ByStatus', Items?.map(({ ID }) => ID).join(' '));
