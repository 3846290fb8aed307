import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  BatchWriteCommand,
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

type Cart = Record<string, unknown> & { ID: string };

/** A user changes a cart, or opens a new one. */
const write = (ID: string, status: string) =>
  db.send(
    new UpdateCommand({
      TableName,
      Key: { ID },
      UpdateExpression: 'SET #s = :s ADD Version :one',
      ExpressionAttributeNames: { '#s': 'Status' },
      ExpressionAttributeValues: { ':s': status, ':one': 1 },
    }),
  );
const remove = (ID: string) => db.send(new DeleteCommand({ TableName, Key: { ID } }));

/** Takes a cart, unless the copy knows something newer. */
async function take(id: string, version: number, status: string, gone: boolean) {
  const { rowCount } = await sql.query(
    `INSERT INTO kept VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE
        SET version = excluded.version,
            status = excluded.status, gone = excluded.gone
      WHERE kept.version < excluded.version`,
    [id, version, status, gone],
  );
  return rowCount === 1;
}

/** Takes the whole stream, from its beginning. */
async function follow() {
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
  let taken = 0;
  for (const { eventName, dynamodb } of Records) {
    const gone = eventName === 'REMOVE';
    const image = gone ? dynamodb?.OldImage : dynamodb?.NewImage;
    const { ID, Version, Status } = unmarshall(image as never);
    if (await take(ID, Version + (gone ? 1 : 0), Status, gone)) taken += 1;
  }
  console.log(`${Records.length} records, ${taken} taken`);
}

/** What is lost, what is too much, what is old. */
async function compare() {
  const { Items = [] } = await db.send(new ScanCommand({ TableName }));
  const { rows } = await sql.query(
    `SELECT coalesce(string_agg(coalesce(k.id, s.id) || CASE
              WHEN k.id IS NULL THEN ' is lost'
              WHEN s.id IS NULL THEN ' is too much'
              ELSE ' is old' END, ', '
              ORDER BY coalesce(k.id, s.id)), 'none') AS text
       FROM (SELECT * FROM kept WHERE NOT gone) k
       FULL JOIN jsonb_to_recordset($1)
         AS s (id text, status text) USING (id)
      WHERE k.status IS DISTINCT FROM s.status`,
    [JSON.stringify(Items.map(({ ID, Status }) => ({ id: ID, status: Status })))],
  );
  console.log('differences:', rows[0].text);
}

// step: Twelve carts and a stream
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'ID', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      [TableName]: Array.from({ length: 12 }, (_, n) => ({
        PutRequest: {
          Item: { ID: `C${n + 1}`, Version: 1, Status: 'open' },
        },
      })),
    },
  }),
);
// Before the copy: no change may fall between the two.
await client.send(
  new UpdateTableCommand({
    TableName,
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
await sql.query(`CREATE TABLE kept (
  id text PRIMARY KEY, version int, status text, gone bool)`);

// step: Copy while users write
let start: Record<string, unknown> | undefined;
do {
  const page = await db.send(new ScanCommand({ TableName, Limit: 4, ExclusiveStartKey: start }));
  const carts = (page.Items ?? []) as Cart[];
  const [first, second] = carts;
  // Between the read and the write of each page:
  if (first && second) {
    await write(first.ID, 'paid');
    await remove(second.ID);
  }
  for (const { ID, Version, Status } of carts) {
    await take(ID, Version as number, Status as string, false);
  }
  start = page.LastEvaluatedKey;
} while (start);
await write('C13', 'open');
await compare();

// step: Follow the stream
await follow();
await compare();

// step: The copy falls over
// It begins again, from the first page and the first record.
const again = await db.send(new ScanCommand({ TableName }));
await write('C13', 'paid');
await remove('C4');
await follow();
let late = 0;
for (const { ID, Version, Status } of (again.Items ?? []) as Cart[]) {
  if (!(await take(ID, Version as number, Status as string, false))) late += 1;
}
console.log(late, 'of', again.Count, 'copied items ignored');
await compare();

// step: Cut over
let open = true;
const attempt = async (ID: string) => {
  if (!open) return console.log(ID, 'must wait');
  await write(ID, 'paid');
};
await attempt('C13');
open = false;
await attempt('C13');
await follow();
await compare();
await sql.query('DELETE FROM kept WHERE gone');
const { rows } = await sql.query(
  `UPDATE kept SET status = 'sent', version = version + 1
    WHERE id = 'C13' RETURNING id, version, status`,
);
console.log(rows[0]);
await sql.end();
