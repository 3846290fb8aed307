import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt: by default the SDK waits and tries again, twice.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

/** A chapter of 249 KB, which makes an item of 250 units. */
const putChapter = (UserID: string, chapter: number) =>
  db.send(
    new PutCommand({
      TableName: 'UserPosts',
      Item: {
        UserID,
        PostDate: `2026-01-01#${chapter}`,
        Title: `Chapter ${chapter}`,
        Body: 'x'.repeat(249 * 1024),
      },
    }),
  );

// step: Five chapters of one author
for (const chapter of [1, 2, 3, 4, 5]) {
  await putChapter('U12345', chapter);
  console.log('Chapter', chapter, 'is stored');
}

// step: The fifth, a second later
await putChapter('U12345', 5);

// step: A chapter each of eight authors
for (let author = 12346; author <= 12353; author += 1) {
  await putChapter(`U${author}`, 1);
}
