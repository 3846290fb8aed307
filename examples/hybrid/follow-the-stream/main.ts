import {
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
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({});
const sql = new Client();
await sql.connect();
const TableName = 'Carts';

/** One change of a cart, as the copy needs it. */
interface Change {
  id: string;
  version: number;
  status: string;
  gone: boolean;
}

async function setStatus(ID: string, status: string) {
  await db.send(
    new UpdateCommand({
      TableName,
      Key: { ID },
      UpdateExpression: 'SET #s = :s ADD Version :one',
      ExpressionAttributeNames: { '#s': 'Status' },
      ExpressionAttributeValues: { ':s': status, ':one': 1 },
    }),
  );
}

/** All records of the stream, in its order. */
async function changes(): Promise<Change[]> {
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
  return Records.map(({ eventName, dynamodb }) => {
    const gone = eventName === 'REMOVE';
    const image = gone ? dynamodb?.OldImage : dynamodb?.NewImage;
    const item = unmarshall(image as never);
    const version = item.Version + (gone ? 1 : 0);
    return { id: item.ID, version, status: item.Status, gone };
  });
}

/** The table and a copy, as one text each. */
async function compare(copy: string) {
  const { Items = [] } = await db.send(new ScanCommand({ TableName }));
  const source = Items.map(({ ID, Status }) => `${ID} ${Status}`)
    .sort()
    .join(', ');
  const { rows } = await sql.query(
    `SELECT string_agg(id || ' ' || status, ', ' ORDER BY id)
         AS text FROM ${copy}`,
  );
  console.log('source:', source);
  console.log('copy:  ', rows[0].text);
  console.log('equal:', rows[0].text === source);
}

// step: Nine changes of three carts
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'ID', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
for (const status of ['open', 'paid', 'sent']) await setStatus('A', status);
for (const status of ['open', 'paid', 'cancelled']) await setStatus('B', status);
for (const status of ['open', 'paid']) await setStatus('C', status);
await db.send(new DeleteCommand({ TableName, Key: { ID: 'C' } }));
const feed = await changes();
console.log(feed.length, 'records');

// step: Deliver in order
await sql.query('CREATE TABLE copy (id text PRIMARY KEY, status text)');
async function takeWhatComes({ id, status, gone }: Change) {
  if (gone) {
    await sql.query('DELETE FROM copy WHERE id = $1', [id]);
    return;
  }
  await sql.query(
    `INSERT INTO copy VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status`,
    [id, status],
  );
}
for (const change of feed) await takeWhatComes(change);
await compare('copy');

// step: Deliver twice and out of order
// A retry brings the second record of each cart once more.
const late = [...feed, feed[1], feed[4], feed[7]] as Change[];
await sql.query('TRUNCATE copy');
for (const change of late) await takeWhatComes(change);
await compare('copy');

// step: Keep the newest
await sql.query(`CREATE TABLE kept (
  id text PRIMARY KEY, version int, status text, gone bool)`);
await sql.query(`CREATE VIEW kept_now AS
  SELECT id, status FROM kept WHERE NOT gone`);
let ignored = 0;
for (const { id, version, status, gone } of late) {
  const { rowCount } = await sql.query(
    `INSERT INTO kept VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE
        SET version = excluded.version,
            status = excluded.status, gone = excluded.gone
      WHERE kept.version < excluded.version`,
    [id, version, status, gone],
  );
  if (rowCount === 0) ignored += 1;
}
console.log(ignored, 'records ignored');
await compare('kept_now');
await sql.end();
