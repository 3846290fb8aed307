import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Accounts';

/** Both balances, as of one moment. */
async function readBoth() {
  const { Responses = [] } = await db.send(
    new TransactGetCommand({
      TransactItems: ['checking', 'savings'].map((Name) => ({
        Get: { TableName, Key: { Name } },
      })),
    }),
  );
  return Responses.map(({ Item }) => Number(Item?.Balance));
}

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
for (const Name of ['checking', 'savings']) {
  await db.send(
    new PutCommand({ TableName, Item: { Name, Balance: 0 } }),
  );
}

// step: A2
const [checking = 0, savings = 0] = await readBoth();
console.log('A adds up', checking + savings);

// step: A3
const fee = checking + savings < 10 ? 1 : 0;
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { Name: 'checking' },
          UpdateExpression: 'SET Balance = Balance - :sum',
          ConditionExpression: 'Balance = :seen',
          ExpressionAttributeValues: {
            ':sum': 10 + fee,
            ':seen': checking,
          },
        },
      },
      {
        ConditionCheck: {
          TableName,
          Key: { Name: 'savings' },
          ConditionExpression: 'Balance = :seen',
          ExpressionAttributeValues: { ':seen': savings },
        },
      },
    ],
  }),
);

// step: B2
await db.send(
  new UpdateCommand({
    TableName,
    Key: { Name: 'savings' },
    UpdateExpression: 'SET Balance = Balance + :sum',
    ExpressionAttributeValues: { ':sum': 20 },
  }),
);

// step: C2
const [inChecking, inSavings] = await readBoth();
console.log('C reports', { inChecking, inSavings });
