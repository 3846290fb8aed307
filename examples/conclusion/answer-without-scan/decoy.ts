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
      { AttributeName: 'All', AttributeType: 'S' },
      { AttributeName: 'TicketID', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'All', KeyType: 'HASH' },
      { AttributeName: 'TicketID', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

// A hundred tickets of ten events, bought by twenty users.
const tickets = Array.from({ length: 100 }, (_, n) => ({
  All: 'TICKETS',
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
    KeyConditionExpression: '#all = :all',
    FilterExpression: 'EventID = :event',
    ExpressionAttributeNames: { '#all': 'All' },
    ExpressionAttributeValues: {
      ':all': 'TICKETS',
      ':event': 'E3',
    },
  }),
);
console.log('Tickets:', ofEvent.Count);

// step: All tickets of user U7
const ofUser = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: '#all = :all',
    FilterExpression: 'UserID = :user',
    ExpressionAttributeNames: { '#all': 'All' },
    ExpressionAttributeValues: {
      ':all': 'TICKETS',
      ':user': 'U7',
    },
  }),
);
console.log('Tickets:', ofUser.Count);
