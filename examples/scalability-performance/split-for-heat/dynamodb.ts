import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

/** 'stored' or 'refused'; 249 KB are 250 units. */
const store = (UserID: string) =>
  db
    .send(
      new PutCommand({
        TableName: 'UserPosts',
        Item: {
          UserID,
          PostDate: '2026-01-01',
          Body: 'x'.repeat(249 * 1024),
        },
      }),
    )
    .then(
      () => 'stored',
      () => 'refused',
    );

/** Five writes within a second: 1,250 units. */
async function second(...authors: string[]) {
  const answers: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const author = authors[turn % authors.length] ?? '';
    answers.push(await store(author));
  }
  const stored = answers.filter((one) => one === 'stored');
  console.log(stored.length, 'of', answers.length, 'stored');
}

// step: Two hot items, first second
await second('U12345', 'U12400');

// step: Two hot items, second second
await second('U12345', 'U12400');

// step: After the split
await second('U12345', 'U12400');

// step: One hot item, first second
await second('U12345');

// step: One hot item, second second
await second('U12345');

// step: One hot item, third second
await second('U12345');
