import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const old = {
  TableName: 'Inventory',
  Key: { ProductID: 'P9001' },
};

const addIndex = (IndexName: string) =>
  client.send(
    new UpdateTableCommand({
      TableName: 'Orders',
      AttributeDefinitions: [
        { AttributeName: 'Status', AttributeType: 'S' },
        { AttributeName: 'CreatedAt', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName,
            KeySchema: [
              { AttributeName: 'Status', KeyType: 'HASH' },
              { AttributeName: 'CreatedAt', KeyType: 'RANGE' },
            ],
            Projection: {
              ProjectionType: 'INCLUDE',
              NonKeyAttributes: ['Amount'],
            },
          },
        },
      ],
    }),
  );

// step: Another key for an item
await db.send(
  new UpdateCommand({
    ...old,
    UpdateExpression: 'SET ProductID = :new',
    ExpressionAttributeValues: { ':new': 'P9101' },
  }),
);

// step: Move it
const { Item } = await db.send(new GetCommand(old));
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'Inventory',
          Item: { ...Item, ProductID: 'P9101' },
          ConditionExpression:
            'attribute_not_exists(ProductID)',
        },
      },
      {
        Delete: {
          ...old,
          ConditionExpression: 'Stock = :seen',
          ExpressionAttributeValues: { ':seen': Item?.Stock },
        },
      },
    ],
  }),
);

// step: The same index, another projection
await addIndex('OrdersByStatus');

// step: A second index
await addIndex('OrdersByStatusAmount');
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Orders' },
);
const { Items: [pending] = [] } = await db.send(
  new QueryCommand({
    TableName: 'Orders',
    IndexName: 'OrdersByStatusAmount',
    KeyConditionExpression: '#status = :status',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':status': 'Pending' },
    Limit: 1,
  }),
);
console.log('Amount:', pending?.Amount);
await client.send(
  new UpdateTableCommand({
    TableName: 'Orders',
    GlobalSecondaryIndexUpdates: [
      { Delete: { IndexName: 'OrdersByStatus' } },
    ],
  }),
);

// step: Another key for a table
const TableName = 'SessionsOfUsers';
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'UserID', AttributeType: 'S' },
      { AttributeName: 'SessionID', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'UserID', KeyType: 'HASH' },
      { AttributeName: 'SessionID', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);
const { Items: sessions = [] } = await db.send(
  new ScanCommand({ TableName: 'Sessions' }),
);
for (let n = 0; n < sessions.length; n += 25) {
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: sessions
          .slice(n, n + 25)
          .map((Item) => ({ PutRequest: { Item } })),
      },
    }),
  );
}
