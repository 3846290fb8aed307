import {
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'App';

/** Everything of a partition whose sort key begins so. */
const under = (pk: string, sk: string, more = {}) =>
  db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression:
        'PK = :pk AND begins_with(SK, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ...more,
    }),
  );

// step: Three questions about writers
const who = await db.send(
  new GetCommand({
    TableName,
    Key: { PK: 'USER#U12345', SK: 'PROFILE' },
  }),
);
const newest = await under('USER#U12345', 'POST#', {
  ScanIndexForward: false,
  Limit: 3,
});
const tagged = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'PostsByTag',
    KeyConditionExpression: 'Tag = :tag',
    ExpressionAttributeValues: { ':tag': 'AWS' },
    ScanIndexForward: false,
    Limit: 3,
  }),
);
console.log(who.Item?.Username);
console.log(newest.Items?.map(({ Title }) => Title));
console.log(tagged.Items?.map(({ Title }) => Title));

// step: Three questions about orders
const stock = await db.send(
  new GetCommand({
    TableName,
    Key: { PK: 'PRODUCT#P9012', SK: 'PRODUCT' },
  }),
);
const orders = await under('CUST#C5615', 'ORDER#');
const lines = await under('ORDER#O1233', 'ITEM#');
console.log(stock.Item?.Stock);
console.log(orders.Items?.map(({ OrderID }) => OrderID));
console.log(lines.Items?.map(({ ProductID }) => ProductID));

// step: The seventh question
let from: Record<string, unknown> | undefined;
const found: string[] = [];
do {
  const page = await db.send(
    new ScanCommand({
      TableName,
      FilterExpression:
        'ProductID = :p AND begins_with(SK, :i)',
      ExpressionAttributeValues: {
        ':p': 'P9004',
        ':i': 'ITEM#',
      },
      ProjectionExpression: 'PK',
      ExclusiveStartKey: from,
    }),
  );
  found.push(...(page.Items ?? []).map(({ PK }) => PK));
  from = page.LastEvaluatedKey;
} while (from);
console.log(found.length, 'orders of P9004');

// step: An index for it
await client.send(
  new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'ProductID', AttributeType: 'S' },
      { AttributeName: 'PK', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'OrdersByProduct',
          KeySchema: [
            { AttributeName: 'ProductID', KeyType: 'HASH' },
            { AttributeName: 'PK', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  }),
);

// step: The seventh question again
const again = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'OrdersByProduct', // = index
    KeyConditionExpression:
      'ProductID = :p AND begins_with(PK, :order)', // = where
    ExpressionAttributeValues: {
      ':p': 'P9004',
      ':order': 'ORDER#',
    },
  }),
);
console.log(again.Count, 'orders of P9004');
