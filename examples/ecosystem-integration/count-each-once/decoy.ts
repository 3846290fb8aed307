import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const deliveries = [
  { id: 'e-101', order: 'O1001' },
  { id: 'e-102', order: 'O1002' },
  { id: 'e-102', order: 'O1002' },
  { id: 'e-103', order: 'O1003' },
];
const counter = { PK: 'COUNTER#2025-01-01', SK: 'PAID' };

async function handle(id: string) {
  try {
    await db.send(
      new PutCommand({
        TableName: 'App',
        Item: { PK: `EVENT#${id}`, SK: 'SEEN' },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return;
    throw error;
  }
  await db.send(
    new UpdateCommand({
      TableName: 'App',
      Key: counter,
      UpdateExpression: 'ADD Paid :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

// step: The stream delivers
for (const { id } of deliveries) await handle(id);
console.log('handled', deliveries.length, 'deliveries');
