import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
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
  if (gone) {
    await sql.query('DELETE FROM copy WHERE id = $1', [id]);
    return;
  }
  await sql.query(
    `INSERT INTO copy VALUES ($1, $2, $3, false)
     ON CONFLICT (id) DO UPDATE
        SET version = excluded.version,
            status = excluded.status`,
    [id, version, status],
  );
}

// step: Take it
for (const change of feed) await take(change);
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :carts',
    ExpressionAttributeValues: { ':carts': 'CARTS' },
  }),
);
await sql.query('TRUNCATE copy');
for (const { SK, Version, Status } of Items) {
  await take({
    id: SK,
    version: Version,
    status: Status,
    gone: false,
  });
}
const { rows } = await sql.query('SELECT id, status FROM copy WHERE NOT gone ORDER BY id');
console.log(rows);
await sql.end();
