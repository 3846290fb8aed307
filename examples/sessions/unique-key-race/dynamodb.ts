import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Users';

const look = () =>
  new GetCommand({
    TableName,
    Key: { Name: 'inkwell' },
    ConsistentRead: true,
  });

const take = (Owner: string) =>
  new PutCommand({
    TableName,
    Item: { Name: 'inkwell', Owner },
    ConditionExpression: 'attribute_not_exists(#name)',
    ExpressionAttributeNames: { '#name': 'Name' },
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

// step: A2
const { Item: a } = await db.send(look());
console.log('A sees', a?.Owner ?? 'that it is free');

// step: A3
await db.send(take('A'));

// step: B2
const { Item: b } = await db.send(look());
console.log('B sees', b?.Owner ?? 'that it is free');

// step: B3
await db.send(take('B'));
