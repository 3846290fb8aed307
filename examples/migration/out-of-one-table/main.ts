import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const sql = new Client();
await sql.connect();
const TableName = 'App';

// step: Three orders of nobody
for (const [customer, order, Amount] of [
  ['C9901', 'O8801', 12.5],
  ['C9902', 'O8802', 8.9],
  ['C9901', 'O8803', 45],
]) {
  await db.send(
    new PutCommand({
      TableName,
      Item: {
        PK: `CUST#${customer}`,
        SK: `ORDER#2024-12-31#${order}`,
        OrderID: order,
        CustomerID: customer,
        Amount,
        Status: 'Pending',
        CreatedAt: '2024-12-31T12:00:00Z',
      },
    }),
  );
}

// step: Read the old table
// One object a line, types in every value: as an export has it.
const lines: Array<{ Item: Record<string, AttributeValue> }> = [];
let read = 0;
let start: Record<string, AttributeValue> | undefined;
do {
  const page = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression:
        'begins_with(SK, :december)' +
        ' OR begins_with(SK, :line) AND PK >= :order' +
        ' OR begins_with(PK, :customer) AND SK = :profile',
      ExpressionAttributeValues: {
        ':december': { S: 'ORDER#2024-12' },
        ':line': { S: 'ITEM#' },
        ':order': { S: 'ORDER#O1203' },
        ':customer': { S: 'CUST#' },
        ':profile': { S: 'PROFILE' },
      },
      ExclusiveStartKey: start,
    }),
  );
  for (const Item of page.Items ?? []) lines.push({ Item });
  read += page.ScannedCount ?? 0;
  start = page.LastEvaluatedKey;
} while (start);
console.log(read, 'items read,', lines.length, 'kept');
await sql.query('CREATE TABLE stage (line jsonb)');
await sql.query('INSERT INTO stage SELECT * FROM jsonb_array_elements($1)', [
  JSON.stringify(lines),
]);

// step: One table becomes three
await sql.query(`
  CREATE SCHEMA moved;
  CREATE TABLE moved.customers (
    customer_id text PRIMARY KEY,
    user_id text NOT NULL,
    order_count int NOT NULL
  );
  CREATE TABLE moved.orders (
    order_id text PRIMARY KEY,
    customer_id text NOT NULL REFERENCES moved.customers,
    amount numeric(10,2) NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL
  );
  CREATE TABLE moved.order_items (
    order_id text REFERENCES moved.orders,
    product_id text,
    qty int NOT NULL,
    unit_price numeric(10,2) NOT NULL,
    PRIMARY KEY (order_id, product_id)
  )`);
await sql.query(
  `INSERT INTO moved.customers
   SELECT split_part(line #>> '{Item,PK,S}', '#', 2),
          line #>> '{Item,UserID,S}',
          (line #>> '{Item,OrderCount,N}')::int
     FROM stage
    WHERE line #>> '{Item,PK,S}' LIKE 'CUST#%'
      AND line #>> '{Item,SK,S}' = 'PROFILE'`,
);
await sql.query(
  `CREATE TABLE moved.candidates AS
   SELECT split_part(line #>> '{Item,SK,S}', '#', 3) AS order_id,
          split_part(line #>> '{Item,PK,S}', '#', 2) AS customer_id,
          (line #>> '{Item,Amount,N}')::numeric(10,2) AS amount,
          line #>> '{Item,Status,S}' AS status,
          (line #>> '{Item,CreatedAt,S}')::timestamptz
            AS created_at
     FROM stage
    WHERE line #>> '{Item,SK,S}' LIKE 'ORDER#%'`,
);
try {
  await sql.query('INSERT INTO moved.orders TABLE moved.candidates');
} catch (error) {
  console.log((error as { code: string }).code);
}

// step: Who has no customer?
const orphans = await sql.query(
  `SELECT order_id, customer_id FROM moved.candidates
    WHERE customer_id NOT IN
          (SELECT customer_id FROM moved.customers)
    ORDER BY order_id`,
);
for (const row of orphans.rows) {
  console.log(row.order_id, 'belongs to', row.customer_id);
}
await sql.query(
  `INSERT INTO moved.orders
   SELECT * FROM moved.candidates
    WHERE customer_id IN
          (SELECT customer_id FROM moved.customers)`,
);
await sql.query(
  `INSERT INTO moved.order_items
   SELECT split_part(line #>> '{Item,PK,S}', '#', 2),
          split_part(line #>> '{Item,SK,S}', '#', 2),
          (line #>> '{Item,Qty,N}')::int,
          (line #>> '{Item,UnitPrice,N}')::numeric
     FROM stage
    WHERE line #>> '{Item,SK,S}' LIKE 'ITEM#%'`,
);

// step: Compare with the truth
// Inkwell's own tables hold the same facts.
const { rows } = await sql.query(
  `WITH kept AS (
     SELECT * FROM moved.orders
       JOIN moved.order_items USING (order_id)
   ), truth AS (
     SELECT order_id, customer_id, amount, status, created_at,
            product_id, qty, unit_price
       FROM orders JOIN order_items USING (order_id)
      WHERE created_at >= '2024-12-01Z'
   )
   SELECT (SELECT count(*) FROM kept) AS moved,
          (SELECT count(*) FROM truth) AS true,
          (SELECT md5(string_agg(kept::text, E'\n'
                      ORDER BY order_id, product_id)) FROM kept)
          = (SELECT md5(string_agg(truth::text, E'\n'
                      ORDER BY order_id, product_id)) FROM truth)
            AS equal`,
);
console.log(rows[0].moved, 'and', rows[0].true, 'lines of orders');
console.log('checksums equal:', rows[0].equal);
await sql.end();
