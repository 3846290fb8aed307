import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();
await sql.query('CREATE TABLE carts (id text PRIMARY KEY, status text)');

const toDynamoDB = (id: string, status: string) =>
  db.send(
    new PutCommand({
      TableName: 'App',
      Item: { PK: 'CARTS', SK: id, Status: status },
    }),
  );
const toPostgres = (id: string, status: string) =>
  sql.query(
    `INSERT INTO carts VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status`,
    [id, status],
  );

/** Runs a handler, which may die half-way. */
async function request(handler: () => Promise<unknown>) {
  try {
    await handler();
    console.log('200 OK');
  } catch (error) {
    console.log('500', (error as Error).message);
  }
}
const die = () => {
  throw new Error('the container was stopped');
};

/** Both stores as one text each, in the order of ids. */
async function compare() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'App',
      KeyConditionExpression: 'PK = :carts',
      ExpressionAttributeValues: { ':carts': 'CARTS' },
      ConsistentRead: true,
    }),
  );
  const here = Items.map(({ SK, Status }) => `${SK} ${Status}`);
  const { rows } = await sql.query(
    `SELECT string_agg(id || ' ' || status, ', ' ORDER BY id)
         AS text FROM carts`,
  );
  const both = [here.join(', '), rows[0].text ?? ''];
  const sums = await sql.query('SELECT md5($1), md5($2)', both);
  console.log('DynamoDB:  ', both[0]);
  console.log('PostgreSQL:', both[1]);
  const [first, second] = Object.values(sums.rows[0]);
  console.log('equal:', first === second);
}

// step: Both writes succeed
await request(async () => {
  await toDynamoDB('A', 'paid');
  await toPostgres('A', 'paid');
});

// step: Die between the two
await request(async () => {
  await toDynamoDB('B', 'paid');
  die();
  await toPostgres('B', 'paid');
});
await request(async () => {
  await toPostgres('C', 'paid');
  die();
  await toDynamoDB('C', 'paid');
});

// step: Hide it in a transaction
await request(async () => {
  await sql.query('BEGIN');
  try {
    await toPostgres('D', 'paid');
    await toDynamoDB('D', 'paid');
    die();
    await sql.query('COMMIT');
  } finally {
    await sql.query('ROLLBACK');
  }
});

// step: Nobody dies
// The shop cancels while the bank still says paid.
await request(() => toDynamoDB('E', 'paid'));
await request(() => toDynamoDB('E', 'cancelled'));
await request(() => toPostgres('E', 'cancelled'));
await request(() => toPostgres('E', 'paid'));

// step: Compare the two
await compare();
await sql.end();
