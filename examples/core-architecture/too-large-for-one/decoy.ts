import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
// 100,000 numbers of eight digits
const text = Array.from({ length: 100_000 }, (_, n) => String(n).padStart(8, '0')).join('');
const PART = 400_000;

// step: Store it
for (let n = 0; n * PART < text.length; n += 1) {
  await db.send(
    new PutCommand({
      TableName: 'App',
      Item: {
        PK: `BIO#U99992#${n}`,
        SK: 'TEXT',
        Text: text.slice(n * PART, (n + 1) * PART),
      },
    }),
  );
}

// step: Read it
let read = '';
for (const n of [0, 1]) {
  const { Item } = await db.send(
    new GetCommand({ TableName: 'App', Key: { PK: `BIO#U99992#${n}`, SK: 'TEXT' } }),
  );
  read += Item?.Text;
}
console.log(`Length: ${read.length}, in order: ${read === text}`);
