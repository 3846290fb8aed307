import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function find(attribute: string, words: string[]) {
  const values = words.map((word, n) => [`:w${n}`, word]);
  const { Count, ScannedCount } = await db.send(
    new ScanCommand({
      TableName: 'UserPosts',
      FilterExpression: values
        .map(([name]) => `contains(${attribute}, ${name})`)
        .join(' AND '),
      ExpressionAttributeValues: Object.fromEntries(values),
      ProjectionExpression: 'PostID',
    }),
  );
  console.log(
    words.join(' + '),
    '-',
    Count,
    'of',
    ScannedCount,
  );
}

// step: A post to be found
await db.send(
  new PutCommand({
    TableName: 'UserPosts',
    Item: {
      UserID: 'U12346',
      PostDate: '2025-01-02T09:00:00Z',
      PostID: 1001,
      Title: 'Pens',
      Body:
        'The market for fountain pens ' +
        'grows, and so do the queues.',
      Views: 0,
    },
  }),
);

// step: Words
await find('Body', ['Growing', 'fountain pen']);
await find('Body', ['Grow', 'fountain pen']);
await find('Body', ['grow', 'fountain pen']);
await find('Body', ['row', 'pen']);

// step: A misspelt word
await find('Title', ['replikas']);
