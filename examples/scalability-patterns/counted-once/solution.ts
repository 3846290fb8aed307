import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// Room for what the counter has to remember.
await client.send(
  new CreateTableCommand({
    TableName: 'Counted',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'Event', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'Event', KeyType: 'HASH' }],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName: 'Counted' });

// Five posts of U12400; two are told of twice.
const feed = ['p1', 'p2', 'p2', 'p3', 'p4', 'p1', 'p5'];

// step: Count what the feed tells
for (const Event of feed) {
  await db
    .send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: 'Counted',
              Item: { Event },
              ConditionExpression: 'attribute_not_exists(Event)',
            },
          },
          {
            Update: {
              TableName: 'Users',
              Key: { UserID: 'U12400' },
              UpdateExpression: 'ADD Counted :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ],
      }),
    )
    .catch(() => console.log(Event, 'is counted already'));
}

// step: The number of posts
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12400' },
    ProjectionExpression: 'Counted',
    ConsistentRead: true,
  }),
);
console.log(Item?.Counted);
