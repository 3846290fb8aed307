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
const TableName = 'Items';

/** Takes a pen, if there is one. */
const take = () =>
  new UpdateCommand({
    TableName,
    Key: { Name: 'pen' },
    UpdateExpression: 'SET #n = #n - :one, Sold = Sold + :one',
    ConditionExpression: '#n > :none',
    ExpressionAttributeNames: { '#n': 'Stock' },
    ExpressionAttributeValues: { ':one': 1, ':none': 0 },
    ReturnValues: 'ALL_NEW',
  });

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Name', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Name', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await db.send(
  new PutCommand({
    TableName,
    Item: { Name: 'pen', Stock: 1, Sold: 0 },
  }),
);

// step: A2
const { Item: seen } = await db.send(
  new GetCommand({
    TableName,
    Key: { Name: 'pen' },
    ConsistentRead: true,
  }),
);
console.log('A has read', seen);

// step: A3
const { Attributes: afterA } = await db.send(take());
console.log('A has taken one', afterA);

// step: B2
const { Attributes: afterB } = await db.send(take());
console.log('B has taken one', afterB);
