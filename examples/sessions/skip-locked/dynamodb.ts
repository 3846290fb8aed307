import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'Jobs';

/** Jobs that nobody has, in their order. */
async function openJobs(): Promise<number[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'Queue = :print',
      FilterExpression: 'attribute_not_exists(Worker)',
      ExpressionAttributeValues: { ':print': 'print' },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ Id }) => Id);
}

/** Claims the first job of a list that is still free. */
async function claim(Worker: string, jobs: number[]) {
  for (const Id of jobs) {
    try {
      await db.send(
        new UpdateCommand({
          TableName,
          Key: { Queue: 'print', Id },
          UpdateExpression: 'SET Worker = :me',
          ConditionExpression: 'attribute_not_exists(Worker)',
          ExpressionAttributeValues: { ':me': Worker },
        }),
      );
      console.log(Worker, 'takes job', Id);
      return Id;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException))
        throw error;
      console.log(Worker, 'comes too late for job', Id);
    }
  }
  return undefined;
}

// step: set-up
await db.send(
  new CreateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'Queue', AttributeType: 'S' },
      { AttributeName: 'Id', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Queue', KeyType: 'HASH' },
      { AttributeName: 'Id', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
for (const Id of [1, 2, 3]) {
  await db.send(
    new PutCommand({ TableName, Item: { Queue: 'print', Id } }),
  );
}

// step: A1
const listOfA = await openJobs();

// step: A2
await claim('A', listOfA);

// step: A4
await claim('A', await openJobs());

// step: B1
const listOfB = await openJobs();

// step: B2
const jobOfB = await claim('B', listOfB);

// step: B3
await db.send(
  new UpdateCommand({
    TableName,
    Key: { Queue: 'print', Id: jobOfB },
    UpdateExpression: 'REMOVE Worker',
    ConditionExpression: 'Worker = :me',
    ExpressionAttributeValues: { ':me': 'B' },
  }),
);

// step: B4
await claim('B', await openJobs());
