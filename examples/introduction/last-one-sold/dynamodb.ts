import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: One on the shelf
await client.send(
  new CreateTableCommand({
    TableName: 'Shelf',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Product', AttributeType: 'S' },
      { AttributeName: 'Shop', AttributeType: 'S' },
      { AttributeName: 'Stock', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Product', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByShop',
        KeySchema: [
          { AttributeName: 'Shop', KeyType: 'HASH' },
          { AttributeName: 'Stock', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Shelf' },
);
await db.send(
  new PutCommand({
    TableName: 'Shelf',
    Item: { Product: 'Glass inkwell', Shop: 'Leeds', Stock: 1 },
  }),
);

const inkwell = {
  TableName: 'Shelf',
  Key: { Product: 'Glass inkwell' },
};
const inLeeds = {
  TableName: 'Shelf',
  IndexName: 'ByShop',
  KeyConditionExpression: 'Shop = :shop AND Stock > :none',
  ExpressionAttributeValues: { ':shop': 'Leeds', ':none': 0 },
};

// step: Sell it
await db.send(
  new UpdateCommand({
    ...inkwell,
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: Ask the table
const plain = await db.send(new GetCommand(inkwell));
console.log('stock:', plain.Item?.Stock);

// step: Ask for certain
const certain = await db.send(
  new GetCommand({ ...inkwell, ConsistentRead: true }),
);
console.log('stock:', certain.Item?.Stock);

// step: Ask the index
const offers = await db.send(new QueryCommand(inLeeds));
console.log('on offer in Leeds:', offers.Count);

// step: The index, for certain
await db.send(
  new QueryCommand({ ...inLeeds, ConsistentRead: true }),
);

// step: A second later
const later = await db.send(new GetCommand(inkwell));
console.log('stock:', later.Item?.Stock);
const left = await db.send(new QueryCommand(inLeeds));
console.log('on offer in Leeds:', left.Count);
