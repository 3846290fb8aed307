import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

type Place = Record<string, unknown> | undefined;

async function pageFrom(place: Place) {
  const { Items = [], LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName: 'UserPosts',
      KeyConditionExpression: 'UserID = :user',
      ExpressionAttributeValues: { ':user': 'U12345' },
      ProjectionExpression: 'PostDate',
      ScanIndexForward: false,
      Limit: 10,
      ExclusiveStartKey: place,
    }),
  );
  return { posts: Items, next: LastEvaluatedKey as Place };
}
const tell = (posts: Record<string, unknown>[]) =>
  console.log(posts[0]?.PostDate, 'to', posts.at(-1)?.PostDate);

// step: Page one
const first = await pageFrom(undefined);
tell(first.posts);

// step: Page six, by its number
let place: Place;
for (let number = 1; number < 6; number += 1)
  place = (await pageFrom(place)).next;
tell((await pageFrom(place)).posts);

// step: Page six, by its place
tell((await pageFrom(place)).posts);

// step: Page two, after a new post
await db.send(
  new PutCommand({
    TableName: 'UserPosts',
    Item: {
      UserID: 'U12345',
      PostDate: '2025-01-02T09:00:00Z',
      Title: 'A new year of keys',
    },
  }),
);
tell((await pageFrom(first.next)).posts);
