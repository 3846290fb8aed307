import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { Client, Pool } from 'pg';

const twenty = Array.from({ length: 20 }, (_, n) => n);
const stock = `SELECT stock
                 FROM inventory WHERE product_id = 'P9012'`;

/** How many of the answers are alike. */
function tell(answers: string[]) {
  for (const answer of new Set(answers)) {
    const alike = answers.filter((other) => other === answer);
    console.log(`${alike.length} x ${answer}`);
  }
}

// step: A connection for each function
const open: Client[] = [];
const alone = await Promise.all(
  twenty.map(async () => {
    const sql = new Client();
    try {
      await sql.connect();
      open.push(sql); // it stays warm
      const { rows } = await sql.query(stock);
      return `stock ${rows[0].stock}`;
    } catch (error) {
      const { code, message } = error as Error & {
        code: string;
      };
      return `${code} ${message}`;
    }
  }),
);
tell(alone);
for (const sql of open) await sql.end();

// step: One pool for all of them
const pool = new Pool({ max: 1 });
let opened = 0;
pool.on('connect', () => {
  opened += 1;
});
const pooled = await Promise.all(
  twenty.map(async () => {
    const { rows } = await pool.query(stock);
    return `stock ${rows[0].stock}`;
  }),
);
tell(pooled);
console.log('connections to the server:', opened);

// step: Who keeps the connection in a transaction
const keeper = await pool.connect();
await keeper.query('BEGIN');
await keeper.query(stock);
let served = 0;
const waiting = twenty.map(() =>
  pool.query(stock).then(() => {
    served += 1;
  }),
);
await new Promise((done) => setTimeout(done, 50));
console.log('served while one thinks:', served);
await keeper.query('COMMIT');
keeper.release();
await Promise.all(waiting);
console.log('served after its COMMIT:', served);
await pool.end();

// step: The same without connections
const asked = await Promise.all(
  twenty.map(async () => {
    const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const { Item } = await db.send(
      new GetCommand({
        TableName: 'Inventory',
        Key: { ProductID: 'P9012' },
      }),
    );
    return `stock ${Item?.Stock}`;
  }),
);
tell(asked);
