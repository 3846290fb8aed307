import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The ten most read
const { Items = [] } = await db.send(new ScanCommand({ TableName: 'UserPosts' }));
const Titles = Items.sort((a, b) => b.Views - a.Views)
  .slice(0, 10)
  .map((post) => post.Title);

// step: Keep them
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'PAGE#front', SK: 'TOP', Titles },
  }),
);
