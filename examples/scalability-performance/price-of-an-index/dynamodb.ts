import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

/** A table with an index by each of these attributes. */
async function create(TableName: string, by: string[]) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['ID', ...by].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: by.length
        ? by.map((name) => ({
            IndexName: `By${name}`,
            KeySchema: [
              { AttributeName: name, KeyType: 'HASH' },
            ],
            Projection: { ProjectionType: 'ALL' },
          }))
        : undefined,
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

await create('Notes0', []);
await create('Notes1', ['Author']);
await create('Notes3', ['Author', 'Topic', 'Day']);

/** A note of less than 1 KB. */
const Item = {
  ID: 'N1',
  Author: 'U12345',
  Topic: 'Inks',
  Day: '2025-01-01',
  Likes: 0,
  Words: 'ink '.repeat(200),
};

// step: No index
await db.send(new PutCommand({ TableName: 'Notes0', Item }));

// step: One index
await db.send(new PutCommand({ TableName: 'Notes1', Item }));

// step: Three indexes
await db.send(new PutCommand({ TableName: 'Notes3', Item }));

// step: Change what no index is for
await db.send(
  new UpdateCommand({
    TableName: 'Notes3',
    Key: { ID: 'N1' },
    UpdateExpression: 'ADD Likes :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);

// step: Change what an index is for
await db.send(
  new UpdateCommand({
    TableName: 'Notes3',
    Key: { ID: 'N1' },
    UpdateExpression: 'SET Topic = :topic',
    ExpressionAttributeValues: { ':topic': 'Nibs' },
  }),
);
