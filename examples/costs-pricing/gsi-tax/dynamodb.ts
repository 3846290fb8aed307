import {
  CreateTableCommand,
  DynamoDBClient,
  type Projection,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

/** A table of books, with an index on each of the attributes. */
async function createTable(
  TableName: string,
  attributes: string[],
  Projection: Projection,
) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
      AttributeDefinitions: ['ID', ...attributes].map(
        (AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        }),
      ),
      ...(attributes.length > 0 && {
        GlobalSecondaryIndexes: attributes.map(
          (AttributeName) => ({
            IndexName: `By${AttributeName}`,
            KeySchema: [{ AttributeName, KeyType: 'HASH' }],
            Projection,
          }),
        ),
      }),
    }),
  );
  await waitUntilTableExists(
    { client, minDelay: 1, maxWaitTime: 60 },
    { TableName },
  );
}

const keysOnly = { ProjectionType: 'KEYS_ONLY' } as const;
const all = { ProjectionType: 'ALL' } as const;
await createTable('Plain', [], all);
await createTable('KeysOnly', ['Genre'], keysOnly);
await createTable('Full', ['Genre'], all);
await createTable('Sparse', ['OnSaleSince'], all);
await createTable(
  'Three',
  ['Genre', 'Author', 'Shelf'],
  keysOnly,
);

const book = {
  ID: 'B1',
  Genre: 'Essays',
  Text: 'x'.repeat(2475),
};
const tables = ['Plain', 'KeysOnly', 'Full', 'Sparse'];

async function update(attribute: string, value: string) {
  for (const TableName of tables) {
    const { ConsumedCapacity } = await db.send(
      new UpdateCommand({
        TableName,
        Key: { ID: 'B1' },
        UpdateExpression: 'SET #a = :v',
        ExpressionAttributeNames: { '#a': attribute },
        ExpressionAttributeValues: { ':v': value },
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    console.log(TableName, ConsumedCapacity?.CapacityUnits);
  }
}

// step: Write an item
for (const TableName of tables) {
  const { ConsumedCapacity } = await db.send(
    new PutCommand({
      TableName,
      Item: book,
      ReturnConsumedCapacity: 'INDEXES',
    }),
  );
  console.log(TableName, ConsumedCapacity?.CapacityUnits);
}

// step: Change the text
await update('Text', 'y'.repeat(2475));

// step: Change the key of the index
await update('Genre', 'Novels');

// step: Three indexes
const { ConsumedCapacity } = await db.send(
  new PutCommand({
    TableName: 'Three',
    Item: {
      ID: 'B2',
      Genre: 'Essays',
      Author: 'A',
      Shelf: 'S',
    },
    ReturnConsumedCapacity: 'INDEXES',
  }),
);
console.log('Three', ConsumedCapacity?.CapacityUnits);
