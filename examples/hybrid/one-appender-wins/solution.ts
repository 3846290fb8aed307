import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = 'App';

/** Appends an event to wallet W1; false if its place is taken. */
async function append(seq: number, change: number) {
  const key = { PK: 'WALLET#W1', SK: `EVENT#000${seq}` };
  try {
    await db.send(
      new PutCommand({
        TableName,
        Item: { ...key, Change: change },
        ConditionExpression: 'attribute_not_exists(SK)',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

// step: The wallet so far
await append(1, 50);
await append(2, -20);

// step: Two clerks have both seen event 2
const clerkOne = await append(3, -30);
console.log('clerk one:', clerkOne ? 'paid' : 'taken');
const clerkTwo = await append(3, -25);
console.log('clerk two:', clerkTwo ? 'paid' : 'taken');
