/** Makes the tables of a dataset in a DynamoDB and fills them: node seed.ts dataset/inkwell.json */
import { readFileSync } from 'node:fs';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type WriteRequest,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

interface Contents {
  tables: CreateTableCommandInput[];
  items: Record<string, Array<Record<string, AttributeValue>>>;
}

/** The most items that a BatchWriteItem takes. */
const MOST = 25;

const { tables, items } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Contents;
const client = new DynamoDBClient({});

for (const table of tables) {
  await client.send(new CreateTableCommand(table));
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: table.TableName });
}
for (const [table, all] of Object.entries(items)) {
  for (let from = 0; from < all.length; from += MOST) {
    let left: WriteRequest[] = all
      .slice(from, from + MOST)
      .map((Item) => ({ PutRequest: { Item } }));
    while (left.length > 0) {
      const batch = new BatchWriteItemCommand({ RequestItems: { [table]: left } });
      left = (await client.send(batch)).UnprocessedItems?.[table] ?? [];
    }
  }
  console.log(`${table}: ${all.length} items`);
}
