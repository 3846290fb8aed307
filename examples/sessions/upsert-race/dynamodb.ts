import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Views';

const countVisit = () =>
  new UpdateCommand({
    TableName,
    Key: { Page: 'home' },
    UpdateExpression: 'ADD Visits :one',
    ExpressionAttributeValues: { ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Page', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Page', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);

// step: A2
const { Attributes: afterA } = await db.send(countVisit());
console.log('after the visit of A', afterA?.Visits);

// step: B2
const { Attributes: afterB } = await db.send(countVisit());
console.log('after the visit of B', afterB?.Visits);
