import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
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
await sql.query(`CREATE TABLE seen (
  order_id text PRIMARY KEY, version int, status text)`);

let position: string | undefined;
const { Table } = await client.send(new DescribeTableCommand({ TableName }));
const StreamArn = Table?.LatestStreamArn;

/** Carries over what is new: one run of the pipe. */
async function runPipe() {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      ShardIteratorType: position ? 'AFTER_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
      SequenceNumber: position,
    }),
  );
  const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  for (const { dynamodb } of Records) {
    const item = dynamodb?.NewImage;
    await sql.query(
      `INSERT INTO seen VALUES ($1, $2, $3)
       ON CONFLICT (order_id) DO UPDATE
          SET version = excluded.version,
              status = excluded.status
        WHERE seen.version < excluded.version`,
      [item?.OrderID?.S, item?.Version?.N, item?.Status?.S],
    );
    position = dynamodb?.SequenceNumber;
  }
}

/** Changes an order and answers with its new version. */
async function setStatus(OrderID: string, status: string) {
  const { Attributes } = await db.send(
    new UpdateCommand({
      TableName,
      Key: { OrderID },
      UpdateExpression: 'SET #s = :s ADD Version :one',
      ExpressionAttributeNames: { '#s': 'Status' },
      ExpressionAttributeValues: { ':s': status, ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Attributes?.Version as number;
}

async function look(OrderID: string) {
  const { rows } = await sql.query('SELECT version, status FROM seen WHERE order_id = $1', [
    OrderID,
  ]);
  return rows[0] ?? { version: 0, status: 'unknown' };
}

/** Waits until the copy has the version, or asks the source. */
async function lookSince(OrderID: string, version: number, pipe: () => Promise<void>) {
  for (let tries = 1; tries <= 3; tries += 1) {
    const found = await look(OrderID);
    if (found.version >= version) return found.status;
    await pipe();
  }
  const { Item } = await db.send(
    new GetCommand({
      TableName,
      Key: { OrderID },
      ConsistentRead: true,
    }),
  );
  return `${Item?.Status}, from the source`;
}

// step: Pay, then look
await setStatus('O1233', 'Pending');
await runPipe();
await setStatus('O1233', 'Paid');
console.log('you see:', (await look('O1233')).status);

// step: Look with the version in your hand
const paid = await setStatus('O1233', 'Packed');
console.log('your version:', paid);
console.log('you see:', await lookSince('O1233', paid, runPipe));

// step: The pipe stands still
const sent = await setStatus('O1233', 'Sent');
const still = async () => {};
console.log('you see:', await lookSince('O1233', sent, still));

// step: Somebody else looks
const { status } = await look('O1233');
console.log('others see:', status);
await runPipe();
console.log('and later:', (await look('O1233')).status);
await sql.end();
