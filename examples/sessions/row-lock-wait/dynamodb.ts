import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Products';

const takeOne = () =>
  new UpdateCommand({
    TableName,
    Key: { Id: 1 },
    UpdateExpression: 'SET Stock = Stock - :one',
    ConditionExpression: 'Stock >= :one',
    ExpressionAttributeValues: { ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Id', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await db.send(
  new PutCommand({ TableName, Item: { Id: 1, Stock: 1 } }),
);

// step: A2
const { Attributes: afterA } = await db.send(takeOne());
console.log('A has taken one, there are', afterA?.Stock);

// step: B2
const { Item: b } = await db.send(
  new GetCommand({
    TableName,
    Key: { Id: 1 },
    ConsistentRead: true,
  }),
);
console.log('B reads', b?.Stock);

// step: B3
const { Attributes: afterB } = await db.send(takeOne());
console.log('B has taken one, there are', afterB?.Stock);
