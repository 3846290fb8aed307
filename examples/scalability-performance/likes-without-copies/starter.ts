import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Notes';

// step: Ten notes
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['ID', 'Author'].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByAuthor',
        KeySchema: [{ AttributeName: 'Author', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
for (let n = 0; n < 10; n += 1) {
  const Item = {
    ID: `N${n}`,
    Author: 'U12345',
    Title: `Note ${n}`,
    Likes: 0,
  };
  await db.send(new PutCommand({ TableName, Item }));
}

// step: Somebody likes all of them
for (let n = 0; n < 10; n += 1) {
  await db.send(
    new UpdateCommand({
      TableName,
      Key: { ID: `N${n}` },
      UpdateExpression: 'ADD Likes :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

// step: List their titles
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName,
    IndexName: 'ByAuthor',
    KeyConditionExpression: 'Author = :author',
    ExpressionAttributeValues: { ':author': 'U12345' },
    ProjectionExpression: 'Title',
  }),
);
console.log(Items.map(({ Title }) => Title).sort());
