import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

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
        PK: 'BIO#U99992',
        SK: String(n).padStart(4, '0'),
        Text: text.slice(n * PART, (n + 1) * PART),
      },
    }),
  );
}

// step: Read it
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': 'BIO#U99992' },
  }),
);
const read = Items.map(({ Text }) => Text).join('');
console.log(`Length: ${read.length}, in order: ${read === text}`);
