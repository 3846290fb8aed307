import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: Ask for a join
await client.send(
  new ExecuteStatementCommand({
    Statement: `SELECT u.Username, p.Title
                  FROM "Users" u
                  JOIN "UserPosts" p ON u.UserID = p.UserID`,
  }),
);

// step: Who is read most
const views = new Map<string, number>();
const posts = await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    ProjectionExpression: 'UserID, #views',
    ExpressionAttributeNames: { '#views': 'Views' },
  }),
);
for (const { UserID, Views } of posts.Items ?? []) {
  views.set(UserID, (views.get(UserID) ?? 0) + Views);
}
const top = [...views].sort((a, b) => b[1] - a[1]).slice(0, 3);
const users = await db.send(
  new BatchGetCommand({
    RequestItems: {
      Users: { Keys: top.map(([UserID]) => ({ UserID })) },
    },
  }),
);
for (const [id, sum] of top) {
  const user = users.Responses?.Users?.find(
    ({ UserID }) => UserID === id,
  );
  console.log(user?.Username, sum);
}

// step: The same for one user
const user = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' }, // = user
  }),
);
const his = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ProjectionExpression: '#views',
    ExpressionAttributeNames: { '#views': 'Views' },
  }),
);
const sum = his.Items?.reduce((n, { Views }) => n + Views, 0); // = sum "his.Items?.reduce"
console.log(user.Item?.Username, sum);
