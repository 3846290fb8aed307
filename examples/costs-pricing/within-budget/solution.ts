import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The ten most read
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    IndexName: 'PostsByViews',
    KeyConditionExpression: 'Blog = :blog',
    ExpressionAttributeValues: { ':blog': 'Inkwell' },
    ScanIndexForward: false,
    Limit: 10,
  }),
);
const Titles = Items.map((post) => post.Title);

// step: Keep them
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'PAGE#front', SK: 'TOP', Titles },
  }),
);
