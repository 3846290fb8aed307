import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const tagged = {
  TableName: 'App',
  IndexName: 'PostsByTag',
  Select: 'COUNT' as const,
};

// step: As printed
const since = {
  ...tagged,
  KeyConditionExpression: 'Tag = :tag AND PostDate >= :from',
  ExpressionAttributeValues: {
    ':tag': 'AWS',
    ':from': '2024-01-01',
  },
};
const before = await db.send(new QueryCommand(since));
console.log('posts about AWS:', before.Count);

// step: A post of 2025
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: {
      PK: 'POST#P1001',
      SK: 'TAG#AWS',
      Tag: 'AWS',
      PostDate: '2025-01-02T09:00:00Z',
      Title: 'A new year of keys',
      UserID: 'U12345',
    },
  }),
);
const after = await db.send(new QueryCommand(since));
console.log('posts about AWS:', after.Count);

// step: With both bounds
const in2024 = await db.send(
  new QueryCommand({
    ...tagged,
    KeyConditionExpression:
      'Tag = :tag AND PostDate BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':tag': 'AWS',
      ':from': '2024-01-01',
      ':to': '2024-12-31T23:59:59Z',
    },
  }),
);
console.log('posts about AWS:', in2024.Count);
