import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The posts of johndoe that pass a filter. */
const posts = (FilterExpression: string, title: string) =>
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :john',
    FilterExpression,
    ExpressionAttributeValues: {
      ':john': 'U12345',
      ':title': title,
    },
    ProjectionExpression: 'Title',
    Limit: 60,
  });

// step: What is loaded
const all = [
  'attribute_exists(Title)',
  'attribute_not_exists(Subtitle)',
  'attribute_type(Title, :string)',
  'begins_with(Title, :title)',
  'contains(Title, :title)',
  'size(Title) > :three',
].join(' AND ');
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :john',
    FilterExpression: all,
    ExpressionAttributeValues: {
      ':john': 'U12345',
      ':string': 'S',
      ':title': 'Notes',
      ':three': 3,
    },
  }),
);
console.log(Count, 'posts pass all six functions');

// step: Take one down
await db.send(posts('similarity(Title, :title)', 'Replicaton'));

// step: Order what is elsewhere
await db.send(posts('st_distance(Title, :title)', '51.462'));
