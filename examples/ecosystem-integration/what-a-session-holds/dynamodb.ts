import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

/** A function that wakes up, asks once and sleeps again. */
const oneFunction = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Who is connected?
const answers = await Promise.all(
  Array.from({ length: 40 }, () =>
    oneFunction().send(
      new GetCommand({
        TableName: 'Inventory',
        Key: { ProductID: 'P9012' },
      }),
    ),
  ),
);
console.log(answers.length, 'functions, all at once');

// step: Leave things behind
const page = {
  TableName: 'UserPosts',
  KeyConditionExpression: 'UserID = :john',
  ExpressionAttributeValues: { ':john': 'U12345' },
  ProjectionExpression: 'PostDate',
  Limit: 2,
};
const first = await oneFunction().send(new QueryCommand(page));
console.log(first.Items);

// step: The next customer of the pool
const second = await oneFunction().send(
  new QueryCommand({
    ...page,
    ExclusiveStartKey: first.LastEvaluatedKey,
  }),
);
console.log(second.Items);
