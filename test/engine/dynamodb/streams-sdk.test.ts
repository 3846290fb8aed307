/** The SDK's client of DynamoDB Streams reads a table's changes over HTTP. */
import { DynamoDBClient, PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamoDB } from '../../../.generated/dynamodb/engine.js';
import { type EmulatorServer, serveEmulator } from '../../../tools/lib/emulator.ts';
import { tableRequest } from './support.ts';

const HOUR = 60 * 60 * 1000;
const clock = { now: 1_750_000_000_000 };

let server: EmulatorServer;
let dynamodb: DynamoDBClient;
let streams: DynamoDBStreamsClient;

beforeAll(async () => {
  const engine = createDynamoDB({ now: () => clock.now });
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
  engine.load([{ ...tableRequest('Sessions', {}), StreamSpecification }] as never, {});
  server = await serveEmulator(engine, 0);
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    endpoint: server.url,
    maxAttempts: 1,
  };
  dynamodb = new DynamoDBClient(config);
  streams = new DynamoDBStreamsClient(config);
});

afterAll(() => server.close());

it('finds the stream, its shards and records, one of them by time to live', async () => {
  const TableName = 'Sessions';
  const expires = String(clock.now / 1000);
  await dynamodb.send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    }),
  );
  await dynamodb.send(
    new PutItemCommand({
      TableName,
      Item: { pk: { S: 'a' }, expires: { N: expires }, photo: { B: new Uint8Array([1, 2]) } },
    }),
  );
  clock.now += HOUR;

  const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName }));
  const StreamArn = Streams[0]?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  expect(StreamDescription?.CreationRequestDateTime).toEqual(new Date(clock.now - HOUR));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [], NextShardIterator } = await streams.send(
    new GetRecordsCommand({ ShardIterator }),
  );

  const [put, expired] = Records as [StreamRecord, StreamRecord];
  expect(Records).toHaveLength(2);
  expect(put.eventName).toBe('INSERT');
  expect(unmarshall(put.dynamodb?.NewImage as never)).toEqual({
    pk: 'a',
    expires: Number(expires),
    photo: new Uint8Array([1, 2]),
  });
  expect(put.dynamodb?.ApproximateCreationDateTime).toEqual(new Date(clock.now - HOUR));
  expect(expired).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
  });

  clock.now += HOUR;
  const late = streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }));
  await expect(late).rejects.toBeInstanceOf(ExpiredIteratorException);
});
