import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

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
const seen = new Set<string>();
for (const event of feed) {
  if (seen.has(event)) continue;
  seen.add(event);
  await db.send(
    new UpdateCommand({
      TableName: 'Users',
      Key: { UserID: 'U12400' },
      UpdateExpression: 'ADD Counted :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
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
