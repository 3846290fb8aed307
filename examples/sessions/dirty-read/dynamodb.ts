import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Accounts';

const read = () =>
  new GetCommand({
    TableName,
    Key: { Id: '1' },
    ConsistentRead: true,
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
await db.send(
  new PutCommand({
    TableName,
    Item: { Id: '1', Balance: 100 },
  }),
);

// step: A2
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { Id: '1' },
          UpdateExpression: 'SET Balance = :zero',
          ExpressionAttributeValues: { ':zero': 0 },
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: { Id: '1#APPROVAL' },
          ConditionExpression: 'attribute_exists(Id)',
        },
      },
    ],
  }),
);

// step: A3
const { Item: a } = await db.send(read());
console.log('A reads', a?.Balance);

// step: B2
const { Item: b } = await db.send(read());
console.log('B reads', b?.Balance);
