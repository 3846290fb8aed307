import {
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const admin = new DynamoDBClient({});
const ada = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    credentials: {
      accessKeyId: 'support',
      secretAccessKey: 'x',
    },
  }),
);
const john = { TableName: 'Users', Key: { UserID: 'U12345' } };

// step: Keep a record
const { TableDescription } = await admin.send(
  new UpdateTableCommand({
    TableName: 'Users',
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  }),
);
const StreamArn = TableDescription?.LatestStreamArn;

// step: Read, change, read
await ada.send(new GetCommand(john));
await ada.send(
  new UpdateCommand({
    ...john,
    UpdateExpression: 'SET Email = :email',
    ExpressionAttributeValues: {
      ':email': 'j.doe@example.com',
    },
  }),
);
await ada.send(new GetCommand(john));

// step: What is on record
const streams = new DynamoDBStreamsClient({});
const { StreamDescription } = await streams.send(
  new DescribeStreamCommand({ StreamArn }),
);
const { ShardIterator } = await streams.send(
  new GetShardIteratorCommand({
    StreamArn,
    ShardId: StreamDescription?.Shards?.[0]?.ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  }),
);
const { Records = [] } = await streams.send(
  new GetRecordsCommand({ ShardIterator }),
);
console.log(Records.length, 'record');
for (const { eventName, dynamodb, userIdentity } of Records) {
  console.log(eventName, dynamodb?.Keys?.UserID?.S);
  console.log('old', dynamodb?.OldImage?.Email?.S);
  console.log('new', dynamodb?.NewImage?.Email?.S);
  console.log('identity:', userIdentity);
}
