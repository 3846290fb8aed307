import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

type Requests = BatchWriteCommandInput['RequestItems'];

// step: A small table
await client.send(
  new CreateTableCommand({
    TableName: 'Copies',
    AttributeDefinitions: [{ AttributeName: 'ID', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
    ProvisionedThroughput: {
      ReadCapacityUnits: 5,
      WriteCapacityUnits: 10,
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName: 'Copies' });

// step: Copy 25 items
const all: Requests = {
  Copies: Array.from({ length: 25 }, (_, n) => ({
    PutRequest: { Item: { ID: `C${100 + n}` } },
  })),
};
const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: all }));
for (const { PutRequest } of UnprocessedItems?.Copies ?? []) {
  await db.send(
    new PutCommand({
      TableName: 'Copies',
      Item: PutRequest?.Item,
    }),
  );
}
console.log('copied');
