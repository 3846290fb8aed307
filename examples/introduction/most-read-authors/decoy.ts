import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const views = new Map<string, number>();

// step: Who is read most?
for (let author = 12345; author < 12545; author += 1) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'UserPosts',
      KeyConditionExpression: 'UserID = :author',
      ExpressionAttributeValues: { ':author': `U${author}` },
    }),
  );
  for (const { UserID, Views } of Items) views.set(UserID, (views.get(UserID) ?? 0) + Views);
}

const first = [...views]
  .sort(([, a], [, b]) => b - a)
  .slice(0, 3)
  .map(([author, sum]) => `${author} ${sum}`);
console.log(first.join(', '));
