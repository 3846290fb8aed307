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
const TableName = 'Products';

const read = () =>
  new GetCommand({
    TableName,
    Key: { Id: 1 },
    ConsistentRead: true,
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
  new PutCommand({ TableName, Item: { Id: 1, Price: 10 } }),
);

// step: A2
const { Item: first } = await db.send(read());
console.log('A reads', first?.Price);

// step: A3
const { Item: second } = await db.send(read());
console.log('A reads', second?.Price);

// step: B3
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Update: {
          TableName,
          Key: { Id: 1 },
          UpdateExpression: 'SET Price = :new',
          ExpressionAttributeValues: { ':new': 12 },
        },
      },
    ],
  }),
);
