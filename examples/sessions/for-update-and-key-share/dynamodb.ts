import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Shop';

const move = (name: string, city: string) =>
  new UpdateCommand({
    TableName,
    Key: { Id: `CUSTOMER#${name}` },
    UpdateExpression: 'SET City = :city',
    ConditionExpression: 'attribute_exists(Id)',
    ExpressionAttributeValues: { ':city': city },
  });

/** An order, if there is such a customer. */
const order = (id: number, customer: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        ConditionCheck: {
          TableName,
          Key: { Id: `CUSTOMER#${customer}` },
          ConditionExpression: 'attribute_exists(Id)',
        },
      },
      {
        Put: {
          TableName,
          Item: { Id: `ORDER#${id}`, Customer: customer },
          ConditionExpression: 'attribute_not_exists(Id)',
        },
      },
    ],
  });

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Id', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
for (const Item of [
  { Id: 'CUSTOMER#Alice', City: 'Rome' },
  { Id: 'CUSTOMER#Bob', City: 'Oslo' },
]) {
  await db.send(new PutCommand({ TableName, Item }));
}

// step: A2
await db.send(move('Bob', 'Bergen'));

// step: A3
await db.send(move('Alice', 'Milan'));

// step: B2
await db.send(order(1, 'Bob'));

// step: B3
await db.send(order(2, 'Alice'));
