import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

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
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: 'App',
              Item: { PK: `EVENT#${id}`, SK: 'SEEN' },
              ConditionExpression: 'attribute_not_exists(PK)',
            },
          },
          {
            Update: {
              TableName: 'App',
              Key: counter,
              UpdateExpression: 'ADD Paid :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          },
        ],
      }),
    );
  } catch (error) {
    if (error instanceof TransactionCanceledException) return;
    throw error;
  }
}

// step: The stream delivers
for (const { id } of deliveries) await handle(id);
console.log('handled', deliveries.length, 'deliveries');
