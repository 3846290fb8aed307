import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Four parts
const partsOf = new Map<string, Set<number>>();
for (const part of [0, 1, 2, 3]) {
  const { Items = [] } = await db.send(
    new ScanCommand({
      TableName: 'UserPosts',
      Segment: part,
      TotalSegments: 4,
      ProjectionExpression: 'UserID',
    }),
  );
  console.log(`part ${part}: ${Items.length} posts`);
  for (const { UserID } of Items) {
    const parts = partsOf.get(UserID) ?? new Set();
    partsOf.set(UserID, parts.add(part));
  }
}
for (const user of ['U12345', 'U12346', 'U12347']) {
  console.log(user, 'in', ...(partsOf.get(user) ?? []));
}
const spread = [...partsOf.values()].filter((p) => p.size > 1);
console.log(`users in more than one part, ${spread.length}`);

// step: One user
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    Select: 'COUNT',
  }),
);
console.log(`${Count} posts`);

// step: A range of users
await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':from': 'U12345',
      ':to': 'U12350',
    },
  }),
);
