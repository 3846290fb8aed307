import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt each; the SDK would wait and try again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

/** A chapter of 249 KB is 250 write units. */
const store = (UserID: string, chapter: number, kb = 249) =>
  db
    .send(
      new PutCommand({
        TableName: 'UserPosts',
        Item: {
          UserID,
          PostDate: `2026-01-01#${chapter}`,
          Body: 'x'.repeat(kb * 1024),
        },
      }),
    )
    .then(
      () => 'stored',
      () => 'refused',
    );

function tell(answers: string[]) {
  const stored = answers.filter((one) => one === 'stored');
  console.log(stored.length, 'of', answers.length, 'stored');
}

// step: Eight authors, a chapter each
const even: string[] = [];
for (let author = 12346; author <= 12353; author += 1) {
  even.push(await store(`U${author}`, 1));
}
tell(even);

// step: One author, eight chapters
const hot: string[] = [];
for (let chapter = 1; chapter <= 8; chapter += 1) {
  hot.push(await store('U12345', chapter));
}
tell(hot);

// step: What the others notice
for (let author = 12400; author <= 12403; author += 1) {
  console.log(`U${author}`, await store(`U${author}`, 1, 49));
}

// step: What another table notices
await db.send(
  new PutCommand({
    TableName: 'Orders',
    Item: { OrderID: 'O1234', CustomerID: 'C5678' },
  }),
);
