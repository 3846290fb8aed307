import {
  DynamoDBClient,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
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
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const streams = new DynamoDBStreamsClient({});
const TableName = 'Sessions';

/** What a function would be given: all records of the stream. */
const records = async (StreamArn: string | undefined) => {
  const { StreamDescription } = await streams.send(
    new DescribeStreamCommand({ StreamArn }),
  );
  const found = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records } = await streams.send(
      new GetRecordsCommand({ ShardIterator }),
    );
    found.push(...(Records ?? []));
  }
  return found;
};

// step: Ask to be told
const { TableDescription } = await client.send(
  new UpdateTableCommand({
    TableName,
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'OLD_IMAGE',
    },
  }),
);
const arn = TableDescription?.LatestStreamArn;

// step: Two sessions, one signed out
for (const SessionID of ['S9001', 'S9002'])
  await db.send(
    new PutCommand({
      TableName,
      Item: {
        SessionID,
        UserID: 'U12345',
        ExpiresAt: Date.parse('2026-01-01T00:30:00Z') / 1000,
      },
    }),
  );
await db.send(
  new DeleteCommand({ TableName, Key: { SessionID: 'S9001' } }),
);

// step: The other one expires
await client.send(
  new UpdateTimeToLiveCommand({
    TableName,
    TimeToLiveSpecification: {
      AttributeName: 'ExpiresAt',
      Enabled: true,
    },
  }),
);

// step: What the function is told
for (const record of await records(arn)) {
  const id = record.dynamodb?.Keys?.SessionID?.S;
  if (!id?.startsWith('S9')) continue; // the dataset's own
  const by = record.userIdentity?.PrincipalId ?? 'a request';
  console.log(record.eventName, id, 'by', by);
}
