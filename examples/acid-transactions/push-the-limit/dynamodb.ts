import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** As many new sessions as asked for: A001, A002, ... */
const sessions = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    SessionID: letter + String(i + 1).padStart(3, '0'),
    UserID: 'U12345',
  }));

const putAll = (items: Array<Record<string, string>>) =>
  new TransactWriteCommand({
    TransactItems: items.map((Item) => ({
      Put: { TableName: 'Sessions', Item },
    })),
  });

// step: 26 writes
await db.send(putAll(sessions('A', 26)));

// step: 100 writes
await db.send(putAll(sessions('B', 100)));

// step: 101 writes
await db.send(putAll(sessions('C', 101)));

// step: The same item twice
await db.send(
  putAll([...sessions('D', 1), ...sessions('D', 1)]),
);

// step: More than 4 MB
const large = { Notes: 'x'.repeat(390 * 1024) };
await db.send(
  putAll(
    sessions('E', 11).map((item) => ({ ...item, ...large })),
  ),
);

// step: A batch is no transaction
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Sessions: sessions('F', 26).map((Item) => ({
        PutRequest: { Item },
      })),
    },
  }),
);
