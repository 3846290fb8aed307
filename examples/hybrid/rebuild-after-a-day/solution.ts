import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const sql = new Client();
await sql.connect();
const TableName = 'Events';
const wallets = ['W1', 'W2', 'W3', 'W4'];

// step: Events, and receipts beside them
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Wallet', AttributeType: 'S' },
      { AttributeName: 'Seq', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Wallet', KeyType: 'HASH' },
      { AttributeName: 'Seq', KeyType: 'RANGE' },
    ],
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_IMAGE',
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
for (const Wallet of [...wallets, 'RECEIPTS']) {
  const puts = [1, 2, 3, 4, 5].map((Seq) => ({
    PutRequest: {
      Item:
        Wallet === 'RECEIPTS'
          ? { Wallet, Seq, Scan: 'x'.repeat(40_000) }
          : { Wallet, Seq, Change: Seq * 10 },
    },
  }));
  await db.send(new BatchWriteCommand({ RequestItems: { Events: puts } }));
}
await sql.query(`CREATE TABLE balances (
  wallet text PRIMARY KEY, seq int, sum int)`);

// step: A day later, make the balances
async function project(Wallet: string, Seq: number, Change: number) {
  await sql.query(
    `INSERT INTO balances VALUES ($1, $2, $3)
     ON CONFLICT (wallet) DO UPDATE
        SET seq = excluded.seq, sum = balances.sum + excluded.sum
      WHERE balances.seq = excluded.seq - 1`,
    [Wallet, Seq, Change],
  );
}
for (const wallet of wallets) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'Wallet = :wallet',
      ExpressionAttributeValues: { ':wallet': wallet },
      ConsistentRead: true,
    }),
  );
  for (const { Wallet, Seq, Change } of Items) await project(Wallet, Seq, Change);
}
const { rows } = await sql.query('SELECT count(*)::int FROM balances');
console.log(rows[0].count, 'balances');
await sql.end();
