import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Doctors';

const readBoth = () =>
  new TransactGetCommand({
    TransactItems: ['Alice', 'Bob'].map((Name) => ({
      Get: { TableName, Key: { Name } },
    })),
  });

/** Takes one off, if the other one is on call. */
const takeOff = (Name: string, other: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { Name },
          UpdateExpression: 'SET OnCall = :no',
          ExpressionAttributeValues: { ':no': false },
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: { Name: other },
          ConditionExpression: 'OnCall = :yes',
          ExpressionAttributeValues: { ':yes': true },
        },
      },
    ],
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
for (const Name of ['Alice', 'Bob']) {
  await db.send(
    new PutCommand({ TableName, Item: { Name, OnCall: true } }),
  );
}

// step: A2
const { Responses: a = [] } = await db.send(readBoth());
console.log(
  'A counts',
  a.filter(({ Item }) => Item?.OnCall).length,
);

// step: A3
await db.send(takeOff('Alice', 'Bob'));

// step: B2
const { Responses: b = [] } = await db.send(readBoth());
console.log(
  'B counts',
  b.filter(({ Item }) => Item?.OnCall).length,
);

// step: B3
await db.send(takeOff('Bob', 'Alice'));
