import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
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

/** What the stream holds after a record, or all of it. */
async function changes(after?: string) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      ShardIteratorType: after ? 'AFTER_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
      SequenceNumber: after,
    }),
  );
  const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ eventID, dynamodb }) => ({
    event: eventID,
    sequence: dynamodb?.SequenceNumber,
    order: dynamodb?.NewImage?.OrderID?.S,
    amount: dynamodb?.NewImage?.Amount?.N,
  }));
}

// step: Three orders are paid
for (const OrderID of ['O1231', 'O1232', 'O1233']) {
  await db.send(
    new UpdateCommand({
      TableName,
      Key: { OrderID },
      UpdateExpression: 'SET #status = :paid',
      ExpressionAttributeNames: { '#status': 'Status' },
      ExpressionAttributeValues: { ':paid': 'Paid' },
    }),
  );
}

// step: Copy them, and crash before the checkpoint
await sql.query('CREATE TABLE income (order_id text, amount numeric(10,2))');
let checkpoint: string | undefined;
for (const { order, amount } of await changes(checkpoint)) {
  await sql.query('INSERT INTO income VALUES ($1, $2)', [order, amount]);
}
// Here the program dies. It has not noted how far it was.

// step: Start again at the checkpoint
for (const change of await changes(checkpoint)) {
  await sql.query('INSERT INTO income VALUES ($1, $2)', [change.order, change.amount]);
  checkpoint = change.sequence;
}
const { rows: income } = await sql.query('SELECT count(*), sum(amount) FROM income');
console.log('income:', income[0].sum, 'in', income[0].count);

// step: A key that the record brings
await sql.query(`CREATE TABLE income_once (
  event text PRIMARY KEY, order_id text, amount numeric(10,2))`);
for (const attempt of [1, 2]) {
  let taken = 0;
  for (const { event, order, amount } of await changes()) {
    const { rowCount } = await sql.query(
      `INSERT INTO income_once VALUES ($1, $2, $3)
       ON CONFLICT (event) DO NOTHING`,
      [event, order, amount],
    );
    taken += rowCount ?? 0;
  }
  console.log('attempt', attempt, 'took', taken);
}

// step: Rows and checkpoint in one transaction
await sql.query(`CREATE TABLE income_and_place (
  order_id text, amount numeric(10,2))`);
await sql.query('CREATE TABLE place (sequence text)');
await sql.query('INSERT INTO place VALUES (NULL)');
for (const end of ['ROLLBACK', 'COMMIT', 'COMMIT']) {
  const { rows } = await sql.query('SELECT sequence FROM place');
  await sql.query('BEGIN');
  let taken = 0;
  for (const change of await changes(rows[0].sequence)) {
    await sql.query('INSERT INTO income_and_place VALUES ($1, $2)', [change.order, change.amount]);
    await sql.query('UPDATE place SET sequence = $1', [change.sequence]);
    taken += 1;
  }
  await sql.query(end);
  console.log('took', taken, 'then', end);
}
await sql.end();
