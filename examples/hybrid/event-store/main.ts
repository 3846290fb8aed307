import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({});
const sql = new Client();
await sql.connect();
const TableName = 'Events';

/** Appends an event, unless that place is taken. */
async function append(Wallet: string, Seq: number, Change: number) {
  try {
    await db.send(
      new PutCommand({
        TableName,
        Item: { Wallet, Seq, Change },
        ConditionExpression: 'attribute_not_exists(Seq)',
      }),
    );
    console.log(`${Wallet} ${Seq}: ${Change}`);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    console.log(`${Wallet} ${Seq}: taken, read again`);
  }
}

async function balance(Wallet: string) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'Wallet = :wallet',
      ExpressionAttributeValues: { ':wallet': Wallet },
      ConsistentRead: true,
    }),
  );
  return {
    last: Items.at(-1)?.Seq ?? 0,
    sum: Items.reduce((sum, { Change }) => sum + Change, 0),
    events: Items,
  };
}

async function project(Wallet: string, Seq: number, Change: number) {
  await sql.query(
    `INSERT INTO balances VALUES ($1, $2, $3)
     ON CONFLICT (wallet) DO UPDATE
        SET seq = excluded.seq, sum = balances.sum + excluded.sum
      WHERE balances.seq = excluded.seq - 1`,
    [Wallet, Seq, Change],
  );
}

async function recordsOfTheStream() {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: StreamDescription?.Shards?.at(-1)?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ dynamodb }) => unmarshall(dynamodb?.NewImage as never));
}

async function tell() {
  const { rows } = await sql.query('SELECT wallet, seq, sum FROM balances ORDER BY wallet');
  console.log('balances:', JSON.stringify(rows));
}

// step: Append
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Wallet', AttributeType: 'S' },
      { AttributeName: 'Seq', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Wallet', KeyType: 'HASH' },
      { AttributeName: 'Seq', KeyType: 'RANGE' },
    ],
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_IMAGE',
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
await append('W1', 1, 50);
await append('W1', 2, -20);
await append('W2', 1, 70);

// step: Two append at once
const one = await balance('W1');
const other = await balance('W1');
await append('W1', one.last + 1, -30);
await append('W1', other.last + 1, -30);
console.log('balance of W1:', (await balance('W1')).sum);

// step: Project from the stream
await sql.query(`CREATE TABLE balances (
  wallet text PRIMARY KEY, seq int, sum int)`);
for (const { Wallet, Seq, Change } of await recordsOfTheStream())
  await project(Wallet, Seq, Change);
await tell();

// step: Lose the projection a day later
await sql.query('TRUNCATE balances');
const records = await recordsOfTheStream();
console.log(records.length, 'records in the stream');
for (const { Wallet, Seq, Change } of records) await project(Wallet, Seq, Change);
await tell();

// step: Rebuild it from the table
for (const wallet of ['W1', 'W2']) {
  const { events } = await balance(wallet);
  for (const { Wallet, Seq, Change } of events) await project(Wallet, Seq, Change);
}
await tell();
await sql.end();
