import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const much = { ':much': 1500 };
const inIndex = {
  TableName: 'UserPosts',
  IndexName: 'PostsByViews',
  KeyConditionExpression: 'Blog = :blog AND #views >= :much',
  ExpressionAttributeNames: { '#views': 'Views' },
  ExpressionAttributeValues: { ':blog': 'Inkwell', ...much },
};

// step: Count without an index
await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    FilterExpression: '#views >= :much',
    ExpressionAttributeNames: { '#views': 'Views' },
    ExpressionAttributeValues: much,
    Select: 'COUNT',
  }),
);

// step: Count in an index
const { Items = [] } = await db.send(new QueryCommand(inIndex));
console.log(Items.length, 'posts');

// step: Six readers more
for (const { UserID, PostDate } of Items) {
  await db.send(
    new UpdateCommand({
      TableName: 'UserPosts',
      Key: { UserID, PostDate },
      UpdateExpression: 'ADD #views :one',
      ExpressionAttributeNames: { '#views': 'Views' },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

// step: Count again
await db.send(
  new QueryCommand({ ...inIndex, Select: 'COUNT' }),
);
