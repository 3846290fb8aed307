import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
// 100,000 numbers of eight digits
const text = Array.from({ length: 100_000 }, (_, n) => String(n).padStart(8, '0')).join('');

// step: Store it
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'BIO#U99992', SK: '0000', Text: text.slice(0, 400_000) },
  }),
);

// step: Read it
const { Items = [] } = await db.send(
  new QueryCommand({
    TableName: 'App',
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': 'BIO#U99992' },
  }),
);
const read: string = Items[0]?.Text;
console.log(`Length: ${read.length}, in order: ${read === text}`);
