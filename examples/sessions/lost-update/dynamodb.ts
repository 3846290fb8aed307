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

const a = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const b = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const pen = { TableName: 'Stock', Key: { Product: 'pen' } };

// Version is what the writer has read; each write raises it.
const sell = (sold: number, copies: number, version: number) =>
  new UpdateCommand({
    ...pen,
    UpdateExpression:
      'SET Copies = :copies ADD Sold :sold, Version :one',
    ConditionExpression: 'Version = :version',
    ExpressionAttributeValues: {
      ':copies': copies - sold,
      ':sold': sold,
      ':one': 1,
      ':version': version,
    },
    ReturnValues: 'ALL_NEW',
  });

// step: set-up
await a.send(
  new CreateTableCommand({
    TableName: 'Stock',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Product', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Product', KeyType: 'HASH' }],
  }),
);
await a.send(
  new PutCommand({
    TableName: 'Stock',
    Item: { Product: 'pen', Copies: 10, Sold: 0, Version: 1 },
  }),
);

// step: A2
const { Item: seenByA } = await a.send(
  new GetCommand({ ...pen, ConsistentRead: true }),
);

// step: A3
await a.send(sell(1, seenByA?.Copies, seenByA?.Version));

// step: B2
const { Item: seenByB } = await b.send(
  new GetCommand({ ...pen, ConsistentRead: true }),
);

// step: B3
await b.send(sell(2, seenByB?.Copies, seenByB?.Version));
