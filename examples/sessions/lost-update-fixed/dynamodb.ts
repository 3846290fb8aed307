import {
  ConditionalCheckFailedException,
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
const TableName = 'Accounts';
const Key = { Id: 1 };

async function read(): Promise<number> {
  const { Item } = await db.send(
    new GetCommand({ TableName, Key, ConsistentRead: true }),
  );
  console.log('A reads', Item?.Balance);
  return Item?.Balance;
}

/** Writes a balance; false if it is not what was read. */
async function write(balance: number, seen: number) {
  try {
    await db.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET Balance = :new',
        ConditionExpression: 'Balance = :seen',
        ExpressionAttributeValues: {
          ':new': balance,
          ':seen': seen,
        },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      return false;
    throw error;
  }
}

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
  new PutCommand({ TableName, Item: { ...Key, Balance: 100 } }),
);

// step: A2
let seen = await read();

// step: A3
while (!(await write(seen - 10, seen))) {
  seen = await read();
}

// step: B2
const { Attributes: after } = await db.send(
  new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET Balance = Balance - :sum',
    ExpressionAttributeValues: { ':sum': 20 },
    ReturnValues: 'ALL_NEW',
  }),
);
console.log('B has taken 20, there are', after?.Balance);
