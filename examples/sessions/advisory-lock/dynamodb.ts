import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Reports';
const lock = { Id: 'LOCK#7' };
const now = 1735689600; // seconds; 2025-01-01 here

const acquire = (owner: string) =>
  new PutCommand({
    TableName,
    Item: { ...lock, LockedBy: owner, ExpiresAt: now + 60 },
    ConditionExpression:
      'attribute_not_exists(Id) OR ExpiresAt < :now',
    ExpressionAttributeValues: { ':now': now },
  });

/** Only who holds the lock may, and only if there is none. */
const report = (Author: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        ConditionCheck: {
          TableName,
          Key: lock,
          ConditionExpression: 'LockedBy = :me',
          ExpressionAttributeValues: { ':me': Author },
        },
      },
      {
        Put: {
          TableName,
          Item: { Id: 'REPORT#Monday', Author },
          ConditionExpression: 'attribute_not_exists(Id)',
        },
      },
    ],
  });

const release = (owner: string) =>
  new DeleteCommand({
    TableName,
    Key: lock,
    ConditionExpression: 'LockedBy = :me',
    ExpressionAttributeValues: { ':me': owner },
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

// step: A2
await db.send(acquire('A'));

// step: A3
await db.send(report('A'));

// step: A4
await db.send(release('A'));

// step: B2
await db.send(acquire('B'));

// step: B3
await db.send(report('B'));

// step: B4
await db.send(release('B'));
