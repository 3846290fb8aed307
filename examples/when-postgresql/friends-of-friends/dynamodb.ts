import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const edges: Array<{ PK: string; SK: string }> = [];
for (let n = 0; n < 40; n += 1)
  for (const k of [1, 2, 3]) {
    const whom = (n * 3 + k) % 40;
    if (whom !== n)
      edges.push({
        PK: `FOLLOWS#U${12345 + n}`,
        SK: `U${12345 + whom}`,
      });
  }
for (let i = 0; i < edges.length; i += 25)
  await db.send(
    new BatchWriteCommand({
      RequestItems: {
        App: edges.slice(i, i + 25).map((Item) => ({
          PutRequest: { Item },
        })),
      },
    }),
  );

const followedBy = async (user: string) => {
  const { Items } = await db.send(
    new QueryCommand({
      TableName: 'App',
      KeyConditionExpression: 'PK = :who',
      ExpressionAttributeValues: { ':who': `FOLLOWS#${user}` },
    }),
  );
  return (Items ?? []).map((item) => item.SK as string);
};

// step: Up to three steps away
const seen = new Set<string>();
let front = ['U12345'];
for (const steps of [1, 2, 3]) {
  const lists = await Promise.all(front.map(followedBy));
  front = [...new Set(lists.flat())].filter(
    (user) => !seen.has(user),
  );
  for (const user of front) seen.add(user);
  console.log(steps, front.length);
}
