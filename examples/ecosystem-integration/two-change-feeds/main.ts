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
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'pg';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({});
const sql = new Client();
await sql.connect();

const TableName = 'Parcels';
const Key = { OrderID: 'O1234' };

/** Reads the stream from its oldest record, or from now on. */
async function iterator(type: ShardIteratorType) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const shards = StreamDescription?.Shards ?? [];
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: shards.at(-1)?.ShardId,
      ShardIteratorType: type,
    }),
  );
  return ShardIterator;
}

async function tell(ShardIterator?: string) {
  const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  for (const { eventName, dynamodb } of Records) {
    const before = dynamodb?.OldImage?.Status?.S ?? 'nothing';
    const after = dynamodb?.NewImage?.Status?.S ?? 'nothing';
    console.log(`stream: ${eventName}, ${before} -> ${after}`);
  }
  console.log('stream:', Records.length, 'records');
}

// step: Turn both feeds on
await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'OrderID', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'OrderID', KeyType: 'HASH' }],
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });
await sql.query(`
  CREATE TABLE parcels (order_id text PRIMARY KEY, status text);
  CREATE TABLE outbox (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event text, before text, after text);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO outbox (event, before, after)
    VALUES (TG_OP, OLD.status, NEW.status);
    PERFORM pg_notify('parcels', NEW.order_id);
    RETURN NULL;
  END $$;
  CREATE TRIGGER noted AFTER INSERT OR UPDATE ON parcels
  FOR EACH ROW EXECUTE FUNCTION note();`);
sql.on('notification', ({ channel, payload }) => console.log(`heard on ${channel}: ${payload}`));
await sql.query('LISTEN parcels');

// step: Pack a parcel and send it
await db.send(
  new PutCommand({
    TableName,
    Item: { ...Key, Status: 'Packed' },
  }),
);
await db.send(
  new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: 'SET #status = :sent',
    ExpressionAttributeNames: { '#status': 'Status' },
    ExpressionAttributeValues: { ':sent': 'Sent' },
  }),
);
await sql.query('BEGIN');
await sql.query(`INSERT INTO parcels VALUES ('O1234', 'Packed')`);
await sql.query(`UPDATE parcels SET status = 'Sent'`);
await sql.query('COMMIT');

// step: Read both feeds
await tell(await iterator('TRIM_HORIZON'));
const { rows } = await sql.query('SELECT event, before, after FROM outbox ORDER BY id');
for (const { event, before, after } of rows) {
  console.log(`outbox: ${event}, ${before} -> ${after}`);
}

// step: Come too late
await tell(await iterator('LATEST'));

// step: Come a day too late
await tell(await iterator('TRIM_HORIZON'));
const { rows: kept } = await sql.query('SELECT count(*)::int AS kept FROM outbox');
console.log('outbox:', kept[0].kept, 'rows');
await sql.end();
