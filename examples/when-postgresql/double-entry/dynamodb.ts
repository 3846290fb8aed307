import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const transfer = (
  id: number,
  entries: Array<{ account: string; Cents: number }>,
) =>
  db.send(
    new TransactWriteCommand({
      TransactItems: entries.map(({ account, Cents }) => ({
        Put: {
          TableName: 'App',
          Item: {
            PK: 'ENTRIES',
            SK: `${id}#${account}`,
            Cents,
          },
          ConditionExpression: 'attribute_not_exists(PK)',
        },
      })),
    }),
  );

// step: 5.00 from shop to bank
await transfer(1, [
  { account: 'shop', Cents: -500 },
  { account: 'bank', Cents: 500 },
]);

// step: 5.00 out, 4.99 in
await transfer(2, [
  { account: 'shop', Cents: -500 },
  { account: 'bank', Cents: 499 },
]);

// step: What all accounts come to
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :entries',
    ExpressionAttributeValues: { ':entries': 'ENTRIES' },
  }),
);
const cents = Items.reduce((sum, item) => sum + item.Cents, 0);
console.log(`${Items.length} entries, ${cents} cents`);
