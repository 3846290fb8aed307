import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const deliveries = [
  { id: 'e-101', order: 'O1001' },
  { id: 'e-102', order: 'O1002' },
  { id: 'e-102', order: 'O1002' },
  { id: 'e-103', order: 'O1003' },
];
const counter = { PK: 'COUNTER#2025-01-01', SK: 'PAID' };

async function handle(id: string) {
  console.log('paid:', id);
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
