import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const text = 'x'.repeat(800_000);
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
let length = 0;
for (const n of [0, 1]) {
  const { Item } = await db.send(
    new GetCommand({ TableName: 'App', Key: { PK: `BIO#U99992#${n}`, SK: 'TEXT' } }),
  );
  length += Item?.Text.length;
}
console.log('Length:', length);
