import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const views = { '#views': 'Views' };

// step: Ask
const scan = await db.send(
  new ScanCommand({
    TableName: 'UserPosts',
    FilterExpression: '#views > :views', // = views
    ExpressionAttributeNames: views,
    ExpressionAttributeValues: { ':views': 1500 },
    ProjectionExpression: 'Title',
  }),
);
console.log(`${scan.Count} found, ${scan.ScannedCount} read`);

// step: Ask with an index
const query = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    IndexName: 'PostsByViews', // = index
    KeyConditionExpression: 'Blog = :blog AND #views > :views',
    ExpressionAttributeNames: views,
    ExpressionAttributeValues: {
      ':blog': 'Inkwell',
      ':views': 1500,
    },
  }),
);
console.log(`${query.Count} found, ${query.ScannedCount} read`);

// step: Ask for nearly all
const most = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    IndexName: 'PostsByViews',
    KeyConditionExpression: 'Blog = :blog AND #views > :views',
    ExpressionAttributeNames: views,
    ExpressionAttributeValues: {
      ':blog': 'Inkwell',
      ':views': 1,
    },
    Select: 'COUNT',
  }),
);
console.log(`${most.Count} found, ${most.ScannedCount} read`);
