import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
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
const giveRow = `UPDATE customers SET credit = credit + 5
                  WHERE customer_id = 'C5678'`;

/** Everything that a deployment brings along. */
async function deploy() {
  await sql.query('CREATE TABLE IF NOT EXISTS migrations (version int PRIMARY KEY)');
  const { rowCount } = await sql.query('INSERT INTO migrations VALUES (1) ON CONFLICT DO NOTHING');
  if (rowCount === 0) return;
  await db.send(new UpdateCommand(giveItem));
  await sql.query(giveRow);
}

// step: The first deployment
await deploy();

// step: The second deployment
await deploy();
await sql.end();
