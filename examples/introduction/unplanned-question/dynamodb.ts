import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ExecuteStatementCommand,
  GetCommand,
  PutCommand,
  paginateScan,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: A question with a plan
const { Items: newest = [] } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :author',
    ExpressionAttributeValues: { ':author': 'U12345' },
    ProjectionExpression: 'PostDate, Title',
    ScanIndexForward: false,
    Limit: 3,
  }),
);
for (const { PostDate, Title } of newest)
  console.log(PostDate, Title);

// step: Ask in one statement
await db.send(
  new ExecuteStatementCommand({
    Statement: `
      SELECT Tags, SUM(Views)
        FROM "UserPosts"
       GROUP BY Tags`,
  }),
);

// step: Ask with a program
const pages = paginateScan(
  { client: db },
  {
    TableName: 'UserPosts',
    ProjectionExpression: 'Tags, #views',
    ExpressionAttributeNames: { '#views': 'Views' },
  },
);
const totals: Record<string, number> = {};
for await (const { Items = [] } of pages) {
  for (const { Tags, Views } of Items) {
    for (const tag of Tags)
      totals[tag] = (totals[tag] ?? 0) + Views;
  }
}
function tellTopThree(views: Record<string, number>) {
  const ranked = Object.entries(views).sort(
    ([, a], [, b]) => b - a,
  );
  for (const [tag, sum] of ranked.slice(0, 3))
    console.log(tag, sum);
}
tellTopThree(totals);

// step: Keep the totals
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'TOTALS', SK: 'VIEWS#TAG', Views: totals },
  }),
);

// step: Totals kept ready
const { Item } = await db.send(
  new GetCommand({
    TableName: 'App',
    Key: { PK: 'TOTALS', SK: 'VIEWS#TAG' },
  }),
);
tellTopThree(Item?.Views);
