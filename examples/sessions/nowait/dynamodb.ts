import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Seats';

const lock = (owner: string) =>
  new UpdateCommand({
    TableName,
    Key: { Id: 7 },
    UpdateExpression: 'SET LockedBy = :owner',
    ConditionExpression: 'attribute_not_exists(LockedBy)',
    ExpressionAttributeValues: { ':owner': owner },
    ReturnValues: 'ALL_NEW',
  });

const book = (owner: string, name: string) =>
  new UpdateCommand({
    TableName,
    Key: { Id: 7 },
    UpdateExpression: 'SET Holder = :name',
    ConditionExpression:
      'LockedBy = :owner AND attribute_not_exists(Holder)',
    ExpressionAttributeValues: {
      ':owner': owner,
      ':name': name,
    },
  });

const unlock = (owner: string) =>
  new UpdateCommand({
    TableName,
    Key: { Id: 7 },
    UpdateExpression: 'REMOVE LockedBy',
    ConditionExpression: 'LockedBy = :owner',
    ExpressionAttributeValues: { ':owner': owner },
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
await db.send(new PutCommand({ TableName, Item: { Id: 7 } }));

// step: A2
const { Attributes: a } = await db.send(lock('A'));
console.log('A has locked', a);

// step: A3
await db.send(book('A', 'Ann'));

// step: A4
await db.send(unlock('A'));

// step: B2
const { Attributes: b } = await db.send(lock('B'));
console.log('B has locked', b);

// step: B3
await db.send(book('B', 'Ben'));

// step: B4
await db.send(unlock('B'));
