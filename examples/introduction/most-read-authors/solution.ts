import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const views = new Map<string, number>();

// step: Who is read most?
const { Items = [] } = await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    ProjectionExpression: 'UserID, #views',
    ExpressionAttributeNames: { '#views': 'Views' },
  }),
);
for (const { UserID, Views } of Items) views.set(UserID, (views.get(UserID) ?? 0) + Views);

const first = [...views]
  .sort(([, a], [, b]) => b - a)
  .slice(0, 3)
  .map(([author, sum]) => `${author} ${sum}`);
console.log(first.join(', '));
