import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Orders';

const readAll = () =>
  new ScanCommand({ TableName, ConsistentRead: true });

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
for (const [Id, Amount] of [
  [1, 30],
  [2, 50],
]) {
  await db.send(
    new PutCommand({ TableName, Item: { Id, Amount } }),
  );
}

// step: A2
const { Items: seenByA = [] } = await db.send(readAll());
console.log('A reads', seenByA);

// step: B2
await db.send(
  new UpdateCommand({
    TableName,
    Key: { Id: 1 },
    UpdateExpression: 'SET Note = :note',
    ExpressionAttributeValues: { ':note': 'a gift' },
  }),
);

// step: C1
const { Items: seenByC = [] } = await db.send(readAll());
console.log('C reads', seenByC);
