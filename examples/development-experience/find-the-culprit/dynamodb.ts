import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const ReturnConsumedCapacity = 'TOTAL';

// step: The four calls of one page
const user = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    ReturnConsumedCapacity,
  }),
);
const newest = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    ExpressionAttributeValues: { ':user': 'U12345' },
    ScanIndexForward: false,
    Limit: 5,
    ReturnConsumedCapacity,
  }),
);
const popular = await db.send(
  new QueryCommand({
    TableName: 'UserPosts',
    KeyConditionExpression: 'UserID = :user',
    FilterExpression: '#v >= :many',
    ExpressionAttributeNames: { '#v': 'Views' },
    ExpressionAttributeValues: {
      ':user': 'U12345',
      ':many': 500,
    },
    ReturnConsumedCapacity,
  }),
);
const pending = await db.send(
  new ScanCommand({
    TableName: 'Orders',
    FilterExpression: '#s = :pending',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':pending': 'Pending' },
    ReturnConsumedCapacity,
  }),
);
const log = [
  { call: 'user', items: 1, of: user },
  { call: 'newest', items: newest.Count, of: newest },
  { call: 'popular', items: popular.Count, of: popular },
  { call: 'pending', items: pending.Count, of: pending },
].map(({ call, items, of }) => ({
  call,
  items,
  units: of.ConsumedCapacity?.CapacityUnits ?? 0,
}));
console.table(log.sort((a, b) => b.units - a.units));

// step: Ask it otherwise
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'Orders',
    IndexName: 'OrdersByStatus',
    KeyConditionExpression: '#s = :pending',
    ExpressionAttributeNames: { '#s': 'Status' },
    ExpressionAttributeValues: { ':pending': 'Pending' },
    ReturnConsumedCapacity,
  }),
);
console.log(Count, 'orders');
