import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  DynamoDBDocumentClient,
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
let left: Requests = all;
let wait = 50;
while (Object.keys(left ?? {}).length > 0) {
  const { UnprocessedItems = {} }: BatchWriteCommandOutput = await db.send(
    new BatchWriteCommand({ RequestItems: left }),
  );
  left = UnprocessedItems;
  await new Promise((done) => setTimeout(done, wait));
  wait *= 2;
}
console.log('copied');
