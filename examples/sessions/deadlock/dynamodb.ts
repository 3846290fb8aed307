import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Accounts';

const add = (Name: string, sum: number) => ({
  Update: {
    TableName,
    Key: { Name },
    UpdateExpression: 'SET Balance = Balance + :sum',
    ExpressionAttributeValues: { ':sum': sum },
  },
});

/** Both or neither. With the same token it is made once. */
const send = (
  sum: number,
  from: string,
  to: string,
  ClientRequestToken: string,
) =>
  new TransactWriteCommand({
    TransactItems: [add(from, -sum), add(to, sum)],
    ClientRequestToken,
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
    new PutCommand({ TableName, Item: { Name, Balance: 100 } }),
  );
}

// step: A3
await db.send(send(10, 'Alice', 'Bob', 'transfer-of-A'));

// step: A4
await db.send(send(10, 'Alice', 'Bob', 'transfer-of-A'));

// step: B3
await db.send(send(20, 'Bob', 'Alice', 'transfer-of-B'));

// step: B4
await db.send(send(20, 'Bob', 'Alice', 'transfer-of-B'));
