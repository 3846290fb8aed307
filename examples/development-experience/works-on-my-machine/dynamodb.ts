import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt: what the SDK repeats by itself is to be seen.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const Key = { ProductID: 'P9012' };
await client.send(
  new CreateTableCommand({
    TableName: 'Imports',
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: {
      ReadCapacityUnits: 5,
      WriteCapacityUnits: 1,
    },
    AttributeDefinitions: [
      { AttributeName: 'Line', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Line', KeyType: 'HASH' }],
  }),
);

// step: Write, then read
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key,
    UpdateExpression: 'SET Stock = :ten',
    ExpressionAttributeValues: { ':ten': 10 },
  }),
);
const read = async (ConsistentRead: boolean) => {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'Inventory',
      Key,
      ConsistentRead,
    }),
  );
  return Item?.Stock;
};
console.log('the usual read:', await read(false));
console.log('a consistent read:', await read(true));

// step: Import 400 lines
let stored = 0;
try {
  for (let Line = 1; Line <= 400; Line += 1) {
    await db.send(
      new PutCommand({ TableName: 'Imports', Item: { Line } }),
    );
    stored += 1;
  }
} finally {
  console.log(stored, 'of 400 lines');
}

// step: Take one in a transaction
const Update = {
  TableName: 'Inventory',
  Key,
  UpdateExpression: 'SET Stock = Stock - :one',
  ExpressionAttributeValues: { ':one': 1 },
};
await db.send(
  new TransactWriteCommand({ TransactItems: [{ Update }] }),
);
