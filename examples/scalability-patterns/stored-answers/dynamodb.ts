import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function recount() {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'UserPosts',
      KeyConditionExpression: 'UserID = :user',
      ExpressionAttributeValues: { ':user': 'U12345' },
      ProjectionExpression: '#views',
      ExpressionAttributeNames: { '#views': 'Views' },
    }),
  );
  return Items.reduce((sum, { Views }) => sum + Views, 0);
}

const user = { TableName: 'Users', Key: { UserID: 'U12345' } };
const store = (views: number) =>
  db.send(
    new UpdateCommand({
      ...user,
      UpdateExpression: 'SET TotalViews = :views',
      ExpressionAttributeValues: { ':views': views },
    }),
  );

async function ask() {
  const { Item } = await db.send(
    new GetCommand({
      ...user,
      ProjectionExpression: 'TotalViews',
    }),
  );
  console.log('total:', Item?.TotalViews);
}

// step: Store the answer
await store(await recount());
await ask();

// step: A post more
await db.send(
  new PutCommand({
    TableName: 'UserPosts',
    Item: {
      UserID: 'U12345',
      PostDate: '2025-01-01T00:00:00Z',
      Views: 1000,
    },
  }),
);
await ask();

// step: Bring it up to date
await db.send(
  new UpdateCommand({
    ...user,
    UpdateExpression: 'ADD TotalViews :views',
    ExpressionAttributeValues: { ':views': 1000 },
  }),
);
await ask();
