import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const sql = new Client();
await sql.connect();

/** A test on tables: all that it did is undone, passed or not. */
async function testTables(name: string, test: () => Promise<void>) {
  await sql.query('BEGIN');
  try {
    await test();
    console.log('passed', name);
  } catch (error) {
    console.log('failed', name, '-', (error as Error).message);
  } finally {
    await sql.query('ROLLBACK');
  }
}

/** A test on items: what it has put is deleted afterwards. */
async function testItems(name: string, test: (put: typeof putItem) => Promise<void>) {
  const keys: string[] = [];
  try {
    await test(async (Item) => {
      keys.push(Item.ProductID);
      await putItem(Item);
    });
    console.log('passed', name);
  } catch (error) {
    console.log('failed', name, '-', (error as Error).message);
  } finally {
    for (const ProductID of keys) {
      await db.send(
        new DeleteCommand({
          TableName: 'Inventory',
          Key: { ProductID },
        }),
      );
    }
  }
}
async function putItem(Item: { ProductID: string; Stock: number }) {
  await db.send(new PutCommand({ TableName: 'Inventory', Item }));
}

const P9012 = { ProductID: 'P9012' };
const takeItem = (ProductID: string) =>
  db.send(
    new UpdateCommand({
      TableName: 'Inventory',
      Key: { ProductID },
      UpdateExpression: 'SET Stock = Stock - :one',
      ConditionExpression: 'Stock >= :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
const takeRow = (id: string) =>
  sql.query(
    `UPDATE inventory SET stock = stock - 1
      WHERE product_id = $1 AND stock >= 1`,
    [id],
  );

// step: A test with data of its own
await testTables('a new product sells', async () => {
  await sql.query("INSERT INTO inventory VALUES ('T1', 'Test', 1, 5)");
  await takeRow('T1');
});
await testItems('a new product sells', async (put) => {
  await put({ ProductID: 'T1', Stock: 5 });
  await takeItem('T1');
});

// step: A test on what is there
await testTables('the last one sells', async () => {
  await takeRow('P9012');
});
await testItems('the last one sells', async () => {
  await takeItem('P9012');
});

// step: The same test again
await testTables('the last one sells', async () => {
  const { rowCount } = await takeRow('P9012');
  if (rowCount !== 1) throw new Error('sold out');
});
await testItems('the last one sells', async () => {
  await takeItem('P9012');
});

// step: A test that changes the schema
await testTables('a table less', async () => {
  await sql.query('DROP TABLE page_views');
});

// step: What the tests have left
const { rows } = await sql.query(
  `SELECT stock, to_regclass('page_views') IS NOT NULL AS views
     FROM inventory WHERE product_id IN ('P9012', 'T1')`,
);
console.log('tables:', rows);
const left = await Promise.all(
  [P9012, { ProductID: 'T1' }].map((Key) =>
    db.send(new GetCommand({ TableName: 'Inventory', Key })),
  ),
);
console.log('items:', ...left.map(({ Item }) => Item?.Stock));
await sql.end();
