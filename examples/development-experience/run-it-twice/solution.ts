import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();
await sql.query('ALTER TABLE customers ADD credit int NOT NULL DEFAULT 0');

/** Five of credit for C5678, as a start. */
const giveItem = {
  TableName: 'Customers',
  Key: { CustomerID: 'C5678' },
  UpdateExpression: 'ADD Credit :five',
  ExpressionAttributeValues: { ':five': 5 },
};
/** Everything that a deployment brings along. */
async function deploy() {
  await up('items', async () => {
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: 'App',
              Item: { PK: 'MIGRATION', SK: 'V1' },
              ConditionExpression: 'attribute_not_exists(PK)',
            },
          },
          { Update: giveItem },
        ],
      }),
    );
  });
  await sql.query('CREATE TABLE IF NOT EXISTS migrations (version int PRIMARY KEY)');
  const { rowCount } = await sql.query(
    `WITH one AS (
       INSERT INTO migrations VALUES (1) ON CONFLICT DO NOTHING
       RETURNING version)
     UPDATE customers SET credit = credit + 5
       FROM one WHERE customer_id = 'C5678'`,
  );
  console.log('tables:', rowCount === 1 ? 'up to 1' : 'nothing to do');
}

/** Runs a migration; one that has been made is no error. */
async function up(what: string, migration: () => Promise<void>) {
  try {
    await migration();
    console.log(`${what}: up to 1`);
  } catch (error) {
    const { name } = error as Error;
    if (name !== 'TransactionCanceledException') throw error;
    console.log(`${what}: nothing to do`);
  }
}

// step: The first deployment
await deploy();

// step: The second deployment
await deploy();
await sql.end();
