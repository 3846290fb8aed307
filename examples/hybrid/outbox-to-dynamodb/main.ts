import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();
await sql.query(`
  CREATE TABLE prices (sku text PRIMARY KEY, price int, version int);
  CREATE TABLE outbox (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text, price int, version int,
    sent boolean NOT NULL DEFAULT false)`);

/** A price and the news of it, in one transaction. */
const change = `
  WITH changed AS (
    INSERT INTO prices VALUES ($1, $2, 1)
        ON CONFLICT (sku) DO UPDATE
       SET price = excluded.price, version = prices.version + 1
    RETURNING sku, price, version)
  INSERT INTO outbox (sku, price, version) TABLE changed`;

/** The next two rows that nobody else is about to send. */
const claim = `
  SELECT id, sku, price, version FROM outbox
   WHERE NOT sent ORDER BY id LIMIT 2
     FOR UPDATE SKIP LOCKED`;

interface News {
  id: number;
  sku: string;
  price: number;
  version: number;
}

/** Sends news to DynamoDB; what is older than it has is dropped. */
async function send({ id, sku, price, version }: News) {
  try {
    await db.send(
      new PutCommand({
        TableName: 'App',
        Item: { PK: 'PRICES', SK: sku, Price: price, V: version },
        ConditionExpression: 'attribute_not_exists(PK) OR V < :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    );
    console.log(`sent ${id}: ${sku} costs ${price}`);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    console.log(`dropped ${id}: ${sku} is there already`);
  }
}

// step: Four prices change
await sql.query(change, ['pen', 10]);
await sql.query(change, ['ink', 5]);
await sql.query(change, ['pen', 12]);
await sql.query(change, ['pad', 7]);
await sql.query('BEGIN');
await sql.query(change, ['ink', 99]);
await sql.query('ROLLBACK');
const { rows: news } = await sql.query('SELECT id, sku, price FROM outbox ORDER BY id');
console.log(news.length, 'rows in the outbox');

// step: Two workers share the work
await sql.query('BEGIN');
const first = await sql.query(claim);
for (const row of first.rows) await send(row);
// The first worker is slow: it has sent, and not yet said so.
await sql.query(`PREPARE TRANSACTION 'first worker'`);
await sql.query('BEGIN');
const second = await sql.query(claim);
for (const row of second.rows) {
  await send(row);
  await sql.query('UPDATE outbox SET sent = true WHERE id = $1', [row.id]);
}
await sql.query('COMMIT');

// step: The first worker dies
await sql.query(`ROLLBACK PREPARED 'first worker'`);
await sql.query('BEGIN');
const again = await sql.query(claim);
for (const row of again.rows) {
  await send(row);
  await sql.query('UPDATE outbox SET sent = true WHERE id = $1', [row.id]);
}
await sql.query('COMMIT');

// step: Compare the two
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :prices',
    ExpressionAttributeValues: { ':prices': 'PRICES' },
    ConsistentRead: true,
  }),
);
const there = Items.map((item) => `${item.SK} ${item.Price}`);
const { rows } = await sql.query(
  `SELECT string_agg(sku || ' ' || price, ', ' ORDER BY sku)
       AS text FROM prices`,
);
console.log('PostgreSQL:', rows[0].text);
console.log('DynamoDB:  ', there.join(', '));
console.log('equal:', there.join(', ') === rows[0].text);

// step: Why not remember the last id?
const after = 'SELECT id FROM outbox WHERE id > $1 ORDER BY id';
await sql.query('BEGIN');
await sql.query(change, ['cap', 3]);
await sql.query(`PREPARE TRANSACTION 'slow change'`);
await sql.query(change, ['nib', 2]);
const seen = await sql.query(after, [5]);
console.log('read:', seen.rows.map(({ id }) => id).join(', '));
await sql.query(`COMMIT PREPARED 'slow change'`);
const last = seen.rows.at(-1)?.id;
const rest = await sql.query(after, [last]);
console.log(`after ${last}:`, rest.rows.length, 'rows');
const { rows: unsent } = await sql.query('SELECT id, sku FROM outbox WHERE NOT sent ORDER BY id');
console.log('not sent:', JSON.stringify(unsent));
await sql.end();
