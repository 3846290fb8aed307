import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Tickets';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'EventID', AttributeType: 'S' },
      { AttributeName: 'TicketID', AttributeType: 'S' },
      { AttributeName: 'UserID', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'EventID', KeyType: 'HASH' },
      { AttributeName: 'TicketID', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByUser',
        KeySchema: [
          { AttributeName: 'UserID', KeyType: 'HASH' },
          { AttributeName: 'TicketID', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// A hundred tickets of ten events, bought by twenty users.
const tickets = Array.from({ length: 100 }, (_, n) => ({
  TicketID: `T${100 + n}`,
  EventID: `E${n % 10}`,
  UserID: `U${(n * 7) % 20}`,
  BoughtAt: `2026-01-01T10:${String(n % 60).padStart(2, '0')}`,
}));
for (let i = 0; i < 100; i += 25)
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: tickets.slice(i, i + 25).map((Item) => ({
          PutRequest: { Item },
        })),
      },
    }),
  );

// step: All tickets of event E3
const ofEvent = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'EventID = :event',
    ExpressionAttributeValues: { ':event': 'E3' },
  }),
);
console.log('Tickets:', ofEvent.Count);

// step: All tickets of user U7
const ofUser = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByUser',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U7' },
  }),
);
console.log('Tickets:', ofUser.Count);
