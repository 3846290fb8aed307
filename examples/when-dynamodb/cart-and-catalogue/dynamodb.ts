import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Catalogue';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'ProductID', AttributeType: 'S' },
      { AttributeName: 'Category', AttributeType: 'S' },
      { AttributeName: 'Price', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'ProductID', KeyType: 'HASH' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByCategory',
        KeySchema: [
          { AttributeName: 'Category', KeyType: 'HASH' },
          { AttributeName: 'Price', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

// Two hundred products.
const categories = ['ink', 'pen', 'paper', 'case'];
const colours = ['blue', 'black', 'green', 'red', 'violet'];
const uses = ['school', 'travel', 'desk'];
for (let first = 0; first < 200; first += 25) {
  const batch = Array.from({ length: 25 }, (_, i) => first + i);
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: batch.map((n) => ({
          PutRequest: {
            Item: {
              ProductID: `N${n}`,
              Category: categories[n % 4],
              Colour: colours[n % 5],
              Name: `${uses[n % 3]} ${categories[n % 4]} ${n}`,
              Price: 5 + ((n * 7) % 90),
              Stock: n % 6,
            },
          },
        })),
      },
    }),
  );
}

// step: Fill a cart
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      App: ['N3', 'N44', 'N101'].map((id) => ({
        PutRequest: {
          Item: { PK: 'CART#U12345', SK: `LINE#${id}`, Qty: 1 },
        },
      })),
    },
  }),
);

// step: Show the cart
const cart = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :cart',
    ExpressionAttributeValues: { ':cart': 'CART#U12345' },
  }),
);
console.log('Lines:', cart.Count);

// step: Pens from 20 to 60
const pens = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByCategory',
    KeyConditionExpression:
      'Category = :pen AND Price BETWEEN :low AND :high',
    ExpressionAttributeValues: {
      ':pen': 'pen',
      ':low': 20,
      ':high': 60,
    },
  }),
);
console.log(`${pens.Count} found, ${pens.ScannedCount} read`);

// step: Anything blue for travel, with facets
const found = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression:
      'Colour = :blue AND Stock > :none AND contains(#n, :word)',
    ExpressionAttributeNames: { '#n': 'Name' },
    ExpressionAttributeValues: {
      ':blue': 'blue',
      ':none': 0,
      ':word': 'travel',
    },
  }),
);
console.log(`${found.Count} found, ${found.ScannedCount} read`);
const facets = Object.groupBy(
  found.Items ?? [],
  (item) => item.Category as string,
);
for (const category of Object.keys(facets).sort())
  console.log(category, facets[category]?.length);
