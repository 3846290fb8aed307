import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const page = {
  TableName: 'UserPosts',
  KeyConditionExpression: 'UserID = :user',
  ExpressionAttributeValues: { ':user': 'U12345' },
  ProjectionExpression: 'PostID, PostDate, Title, #views',
  ExpressionAttributeNames: { '#views': 'Views' },
  ConsistentRead: true,
  Limit: 1,
};

// step: Read the first page
const first = await db.send(new QueryCommand(page)); // = page
console.log(`first page: ${first.Items?.[0]?.Views} views`);

// step: Somebody writes
await db.send(
  new UpdateCommand({
    TableName: 'UserPosts',
    Key: { UserID: 'U12345', PostDate: '2024-03-10T14:23:23Z' },
    UpdateExpression: 'SET #views = :zero',
    ConditionExpression: 'attribute_exists(UserID)',
    ExpressionAttributeNames: { '#views': 'Views' },
    ExpressionAttributeValues: { ':zero': 0 },
  }),
);

// step: Read the second page
const second = await db.send(
  new QueryCommand({
    ...page,
    ExclusiveStartKey: first.LastEvaluatedKey, // = next
  }),
);
console.log(`second page: ${second.Items?.[0]?.Views} views`);

// step: The first of two writers
const setPrice = (price: number) =>
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9001' },
    UpdateExpression: 'SET Price = :price, Version = :next', // = set
    ConditionExpression:
      'attribute_not_exists(Version) OR Version = :seen', // = version
    ExpressionAttributeValues: {
      ':price': price,
      ':seen': 1, // both writers have read version 1 // = version "':seen': 1"
      ':next': 2,
    },
  });
await db.send(setPrice(9.5));

// step: The second of two writers
await db.send(setPrice(7.9));
