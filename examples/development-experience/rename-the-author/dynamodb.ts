import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The posts of U12345, with the name that is copied into them. */
const posts = async () => {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'UserPosts',
      KeyConditionExpression: 'UserID = :user',
      ExpressionAttributeValues: { ':user': 'U12345' },
      ProjectionExpression: 'UserID, PostDate, Author',
    }),
  );
  return Items;
};

/** Writes a name into one post. */
const sign = (
  key: { UserID: string; PostDate: string },
  name: string,
) =>
  db.send(
    new UpdateCommand({
      TableName: 'UserPosts',
      Key: { UserID: key.UserID, PostDate: key.PostDate },
      UpdateExpression: 'SET Author = :name',
      ExpressionAttributeValues: { ':name': name },
    }),
  );
const keysOf = (items: Record<string, string>[]) =>
  items.map(({ UserID = '', PostDate = '' }) => ({
    UserID,
    PostDate,
  }));

// step: Copy the name into each post
for (const key of keysOf(await posts()))
  await sign(key, 'johndoe');

// step: A page of posts with its author
const { Items } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ProjectionExpression: 'Title, Author',
    Limit: 2,
  }),
);
console.log(Items);

// step: Rename him
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    UpdateExpression: 'SET Username = :name',
    ExpressionAttributeValues: { ':name': 'jd' },
  }),
);
const copies = keysOf(await posts());
const half = copies.length / 2;
for (const key of copies.slice(0, half)) await sign(key, 'jd');

// step: What a reader sees meanwhile
const names = (await posts()).map(({ Author }) => Author);
for (const name of ['johndoe', 'jd']) {
  console.log(name, names.filter((one) => one === name).length);
}

// step: The other half
for (const key of copies.slice(half)) await sign(key, 'jd');
