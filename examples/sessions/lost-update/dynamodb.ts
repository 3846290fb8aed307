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
const TableName = 'Accounts';

const read = () =>
  new GetCommand({
    TableName,
    Key: { Id: 1 },
    ConsistentRead: true,
  });

/** Writes a balance, if nobody has since it was read. */
const write = (balance: number, seen: number) =>
  new UpdateCommand({
    TableName,
    Key: { Id: 1 },
    UpdateExpression: 'SET Balance = :new, Version = :next',
    ConditionExpression: 'Version = :seen',
    ExpressionAttributeValues: {
      ':new': balance,
      ':seen': seen,
      ':next': seen + 1,
    },
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
  new PutCommand({
    TableName,
    Item: { Id: 1, Balance: 100, Version: 1 },
  }),
);

// step: A2
const { Item: a } = await db.send(read());
console.log('A has read', a);

// step: A3
const { Attributes: afterA } = await db.send(
  write(a?.Balance - 10, a?.Version),
);
console.log('A has written', afterA);

// step: B2
const { Item: b } = await db.send(read());
console.log('B has read', b);

// step: B3
const { Attributes: afterB } = await db.send(
  write(b?.Balance - 20, b?.Version),
);
console.log('B has written', afterB);
