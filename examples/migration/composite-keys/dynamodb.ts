import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Take a key apart
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression:
      'PK = :customer AND begins_with(SK, :december)',
    ExpressionAttributeValues: {
      ':customer': 'CUST#C5615',
      ':december': 'ORDER#2024-12',
    },
  }),
);
for (const { PK, SK } of Items) {
  const [, customer] = PK.split('#');
  const [, day, order] = SK.split('#');
  console.log({ customer, day, order });
}

// step: A column that follows the key
await db.send(
  new UpdateCommand({
    TableName: 'App',
    Key: { PK: 'CUST#C5615', SK: 'ORDER#2024-12-31#O1233' },
    UpdateExpression: 'SET SK = :day',
    ExpressionAttributeValues: {
      ':day': 'ORDER#2025-01-01#O1233',
    },
  }),
);
