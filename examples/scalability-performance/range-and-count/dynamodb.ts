import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);
const TableName = 'UserPosts';

const april = {
  ':from': '2024-04-01',
  ':to': '2024-05-01',
};

// step: A month of one author
const his = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression:
      'UserID = :user AND PostDate BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':user': 'U12345', ...april },
    ProjectionExpression: 'PostID, PostDate',
  }),
);
console.log(his.Count, 'found,', his.ScannedCount, 'read');

// step: A month of everybody
const all = await db.send(
  new ScanCommand({
    TableName,
    FilterExpression: 'PostDate BETWEEN :from AND :to',
    ExpressionAttributeValues: april,
    ProjectionExpression: 'PostID',
  }),
);
console.log(all.Count, 'found,', all.ScannedCount, 'read');

// step: Read the author's posts
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ProjectionExpression: 'PostID, #views',
    ExpressionAttributeNames: { '#views': 'Views' },
  }),
);
const views = Items.reduce((sum, post) => sum + post.Views, 0);
console.log(Items.length, 'posts,', views, 'views');

// step: Only count them
const counted = await db.send(
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    Select: 'COUNT',
  }),
);
console.log(counted.Count, 'posts');

// step: Ask for a sum
await client.send(
  new ExecuteStatementCommand({
    Statement: `SELECT SUM(Views) FROM "UserPosts"
                 WHERE UserID = 'U12345'`,
  }),
);
