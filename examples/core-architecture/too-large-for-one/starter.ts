import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const text = 'x'.repeat(800_000);

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
console.log('Length:', Items[0]?.Text.length);
