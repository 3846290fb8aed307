import {
  CreateTableCommand,
  DynamoDBClient,
  TransactionCanceledException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const sql = new Client();
await sql.connect();
const TableName = 'Shop';

type Item = Record<string, unknown>;
const puts: Array<{ PutRequest: { Item: Item } }> = [];
const add = (PK: string, SK: string, rest: Item) =>
  puts.push({ PutRequest: { Item: { PK, SK, ...rest } } });

// step: Make items of rows
const orders = await sql.query(
  `SELECT o.order_id, o.customer_id, o.amount, o.status,
          to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
            AS day,
          json_agg(json_build_object(
            'ProductID', p.product_id, 'Name', p.name,
            'Qty', i.qty, 'UnitPrice', i.unit_price::float)
            ORDER BY p.product_id) AS lines
     FROM orders o
     JOIN order_items i USING (order_id)
     JOIN inventory p USING (product_id)
    WHERE o.created_at >= '2024-12-01Z'
    GROUP BY o.order_id ORDER BY o.order_id`,
);
for (const row of orders.rows) {
  add(`CUST#${row.customer_id}`, `ORDER#${row.day}#${row.order_id}`, {
    Amount: Number(row.amount),
    Status: row.status,
    Lines: row.lines,
  });
}
const customers = await sql.query(
  `SELECT customer_id, user_id, order_count, email
     FROM customers JOIN users USING (user_id)
    WHERE customer_id IN (SELECT customer_id FROM orders
                           WHERE created_at >= '2024-12-01Z')
    ORDER BY customer_id`,
);
for (const row of customers.rows) {
  add(`CUST#${row.customer_id}`, 'PROFILE', {
    UserID: row.user_id,
    Email: row.email,
    OrderCount: row.order_count,
  });
  add(`EMAIL#${row.email}`, 'TAKEN', { CustomerID: row.customer_id });
}
const bought = orders.rows.flatMap(({ lines }) => lines);
console.log(
  `${customers.rowCount} customers, ${orders.rowCount} orders,`,
  `${bought.length} lines: ${puts.length} items`,
);

// step: Write them in batches of 25
await client.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'PK', AttributeType: 'S' },
      { AttributeName: 'SK', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'PK', KeyType: 'HASH' },
      { AttributeName: 'SK', KeyType: 'RANGE' },
    ],
    ProvisionedThroughput: {
      ReadCapacityUnits: 50,
      WriteCapacityUnits: 20,
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
const queue = [...puts];
let batches = 0;
let again = 0;
while (queue.length > 0) {
  const { UnprocessedItems } = await db.send(
    new BatchWriteCommand({
      RequestItems: { [TableName]: queue.splice(0, 25) },
    }),
  );
  const left = UnprocessedItems?.[TableName] ?? [];
  queue.push(...(left as typeof puts));
  batches += 1;
  again += left.length;
}
console.log(`${batches} batches, ${again} items sent again`);

// step: Compare the two
const items: Item[] = [];
let start: Item | undefined;
do {
  const page = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: start }));
  items.push(...(page.Items ?? []));
  start = page.LastEvaluatedKey;
} while (start);
const lines = items
  .filter(({ SK }) => `${SK}`.startsWith('ORDER#'))
  .map(({ PK, SK, Amount, Status }) => {
    const [, customer] = `${PK}`.split('#');
    const [, , order] = `${SK}`.split('#');
    const amount = (Amount as number).toFixed(2);
    return `${order} ${customer} ${amount} ${Status}`;
  })
  .sort();
const { rows } = await sql.query(
  `SELECT count(*)::int AS count,
          md5(string_agg(concat_ws(' ', order_id, customer_id,
              amount, status), E'\\n' ORDER BY order_id)) AS sum,
          md5($1) AS there
     FROM orders WHERE created_at >= '2024-12-01Z'`,
  [lines.join('\n')],
);
console.log(rows[0].count, 'and', lines.length, 'orders');
console.log('checksums equal:', rows[0].sum === rows[0].there);

// step: An address is taken once
async function register(id: string, email: string) {
  try {
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          [`CUST#${id}`, 'PROFILE'],
          [`EMAIL#${email}`, 'TAKEN'],
        ].map(([PK, SK]) => ({
          Put: {
            TableName,
            Item: { PK, SK, Email: email },
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        })),
      }),
    );
    return 'registered';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return error.CancellationReasons?.map(({ Code }) => Code);
  }
}
console.log(await register('C9001', customers.rows[0].email));
console.log(await register('C9002', 'nobody@example.com'));
await sql.end();
