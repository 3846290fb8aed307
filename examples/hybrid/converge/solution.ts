import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();

interface Change {
  id: string;
  version: number;
  status: string;
  gone: boolean;
}

// step: Three carts
for (const [SK, Version, Status] of [
  ['A', 3, 'sent'],
  ['B', 2, 'paid'],
] as const) {
  await db.send(
    new PutCommand({
      TableName: 'App',
      Item: { PK: 'CARTS', SK, Version, Status },
    }),
  );
}
// Cart C was opened, paid and deleted.
await sql.query(`CREATE TABLE copy (
  id text PRIMARY KEY, version int, status text, gone bool)`);

// step: What the feed delivers
const feed: Change[] = [
  ['A', 1, 'open', false],
  ['B', 1, 'open', false],
  ['A', 3, 'sent', false],
  ['A', 2, 'paid', false],
  ['C', 1, 'open', false],
  ['C', 3, 'paid', true],
  ['C', 2, 'paid', false],
  ['B', 2, 'paid', false],
  ['B', 1, 'open', false],
  ['A', 3, 'sent', false],
].map(([id, version, status, gone]) => ({
  id: id as string,
  version: version as number,
  status: status as string,
  gone: gone as boolean,
}));

async function take({ id, version, status, gone }: Change) {
  await sql.query(
    `INSERT INTO copy VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE
        SET version = excluded.version,
            status = excluded.status, gone = excluded.gone
      WHERE copy.version < excluded.version`,
    [id, version, status, gone],
  );
}

// step: Take it
for (const change of feed) await take(change);
const { rows } = await sql.query('SELECT id, status FROM copy WHERE NOT gone ORDER BY id');
console.log(rows);
await sql.end();
