import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const as = (accessKeyId: string) =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      credentials: { accessKeyId, secretAccessKey: 'x' },
    }),
  );
const john = as('john');

const postsOf = (author: string) =>
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :author',
    ExpressionAttributeValues: { ':author': author },
    Select: 'COUNT',
  });
const all = new ScanCommand({
  TableName: 'UserPosts',
  Select: 'COUNT',
});

// step: His own posts
const own = await john.send(postsOf('U12345'));
console.log('john counts', own.Count);

// step: Somebody else's posts
await john.send(postsOf('U12346'));

// step: All the same
const everything = await john.send(all);
console.log('john counts', everything.Count);

// step: Both ways closed
// The key of a session whose policy also demands a leading key.
await as('john2').send(all);
