import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({});
const sql = new Client();
await sql.connect();

const TableName = 'Orders';
await client.send(
  new UpdateTableCommand({
    TableName,
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_IMAGE',
    },
  }),
);
await sql.query(`CREATE TABLE sold (
  order_id text PRIMARY KEY, status text, amount numeric(10,2))`);

async function keep(rows: unknown[]) {
  await sql.query(
    `INSERT INTO sold
     SELECT * FROM json_to_recordset($1)
         AS r (order_id text, status text, amount numeric)
     ON CONFLICT (order_id) DO UPDATE
        SET status = excluded.status, amount = excluded.amount`,
    [JSON.stringify(rows)],
  );
}

async function report() {
  const { rows } = await sql.query(
    `SELECT count(*)::int AS orders, sum(amount) AS sum
       FROM sold WHERE status <> 'Cancelled'`,
  );
  console.log(`${rows[0].orders} orders, ${rows[0].sum}`);
}

// step: Load the orders of December
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression: 'CreatedAt >= :december',
    ProjectionExpression: 'OrderID, #status, Amount',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':december': '2024-12' },
  }),
);
await keep(
  Items.map(({ OrderID, Status, Amount }) => ({
    order_id: OrderID,
    status: Status,
    amount: Amount,
  })),
);
await report();

// step: The shop sells on
await db.send(
  new PutCommand({
    TableName,
    Item: {
      OrderID: 'O1234',
      CustomerID: 'C5678',
      Status: 'Pending',
      Amount: 99.95,
    },
  }),
);
await db.send(
  new UpdateCommand({
    TableName,
    Key: { OrderID: 'O1233' },
    UpdateExpression: 'SET #status = :cancelled',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':cancelled': 'Cancelled' },
  }),
);

// step: Report before the pipe has run
await report();

// step: Run the pipe
const { Table } = await client.send(new DescribeTableCommand({ TableName }));
const StreamArn = Table?.LatestStreamArn;
const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
const { ShardIterator } = await streams.send(
  new GetShardIteratorCommand({
    StreamArn,
    ShardId: StreamDescription?.Shards?.[0]?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  }),
);
const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
await keep(
  Records.map(({ dynamodb }) => ({
    order_id: dynamodb?.NewImage?.OrderID?.S,
    status: dynamodb?.NewImage?.Status?.S,
    amount: dynamodb?.NewImage?.Amount?.N,
  })),
);
console.log(Records.length, 'changes carried over');
await report();

// step: Ask what nobody planned
const { rows } = await sql.query(
  `SELECT status, count(*)::int AS orders,
          round(avg(amount), 2) AS mean
     FROM sold GROUP BY ROLLUP (status)
    ORDER BY status NULLS LAST`,
);
for (const { status, orders, mean } of rows) {
  console.log(status ?? 'all', orders, mean);
}
await sql.end();
