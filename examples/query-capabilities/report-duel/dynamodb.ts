import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

type Item = Record<string, unknown>;
type Post = { UserID: string; Views: number };

/** The posts of 2024 with the tag, as far as the index has them. */
async function tagged() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'App',
      IndexName: 'PostsByTag',
      KeyConditionExpression:
        'Tag = :tag AND PostDate BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':tag': 'AWS',
        ':from': '2024-01-01',
        ':to': '2024-12-31T23:59:59Z',
      },
    }),
  );
  return Items;
}

const viewsOnly = {
  ProjectionExpression: 'UserID, #views',
  ExpressionAttributeNames: { '#views': 'Views' },
};

function report(posts: Post[]) {
  const authors = new Map<string, number[]>();
  for (const { UserID, Views } of posts)
    authors.set(UserID, [
      ...(authors.get(UserID) ?? []),
      Views,
    ]);
  return [...authors]
    .filter(([, views]) => views.length >= 5)
    .map(([UserID, views]) => ({
      UserID,
      Posts: views.length,
      Average:
        views.reduce((sum, one) => sum + one, 0) / views.length,
    }))
    .sort((a, b) => b.Average - a.Average);
}

function tell(lines: ReturnType<typeof report>) {
  lines.forEach(({ UserID, Posts, Average }, index) => {
    console.log(index + 1, UserID, Posts, Average.toFixed(2));
  });
}

// step: One at a time
const one: Post[] = [];
for (const { PK, SK } of await tagged()) {
  const link = await db.send(
    new GetCommand({
      TableName: 'App',
      Key: { PK, SK },
      ProjectionExpression: 'UserID, PostDate',
    }),
  );
  const post = await db.send(
    new GetCommand({
      TableName: 'UserPosts',
      Key: {
        UserID: link.Item?.UserID,
        PostDate: link.Item?.PostDate,
      },
      ...viewsOnly,
    }),
  );
  one.push(post.Item as Post);
}
tell(report(one));

// step: A hundred at a time
async function getAll(
  TableName: string,
  keys: Item[],
  projection: { ProjectionExpression: string },
) {
  const items: Item[] = [];
  for (let at = 0; at < keys.length; at += 100) {
    const Keys = keys.slice(at, at + 100);
    const { Responses } = await db.send(
      new BatchGetCommand({
        RequestItems: { [TableName]: { Keys, ...projection } },
      }),
    );
    items.push(...(Responses?.[TableName] ?? []));
  }
  return items;
}
const entries = await tagged();
const links = await getAll(
  'App',
  entries.map(({ PK, SK }) => ({ PK, SK })),
  { ProjectionExpression: 'UserID, PostDate' },
);
const posts = await getAll(
  'UserPosts',
  links.map(({ UserID, PostDate }) => ({ UserID, PostDate })),
  viewsOnly,
);
tell(report(posts as Post[]));

// step: Store the report
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: {
      PK: 'REPORT#AWS',
      SK: '2024',
      Lines: report(posts as Post[]),
    },
  }),
);

// step: Read the report
const stored = await db.send(
  new GetCommand({
    TableName: 'App',
    Key: { PK: 'REPORT#AWS', SK: '2024' },
  }),
);
tell(stored.Item?.Lines);
