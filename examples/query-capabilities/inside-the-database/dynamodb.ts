import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

// step: A post is counted
await db.send(
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: 'UserPosts',
          Item: {
            UserID: 'U12345',
            PostDate: '2025-01-02T09:00:00Z',
            PostID: 1001,
            Title: 'A new year of keys',
            Views: 0,
          },
          ConditionExpression: 'attribute_not_exists(UserID)',
        },
      },
      {
        Update: {
          TableName: 'Users',
          Key: { UserID: 'U12345' },
          UpdateExpression: 'ADD PostCount :one',
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    ],
  }),
);
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    ProjectionExpression: 'PostCount',
    ConsistentRead: true,
  }),
);
console.log('counted:', Item?.PostCount);

// step: Close the old orders
await client.send(
  new ExecuteStatementCommand({
    Statement: 'CALL close_old_orders()',
  }),
);
