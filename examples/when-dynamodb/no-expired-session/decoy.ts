import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const now = Date.parse('2025-01-01T00:00:00Z') / 1000;

/** Accepts a session and remembers when, or answers false. */
const accept = async (SessionID: string) => {
  const Key = { SessionID };
  const { Item } = await db.send(new GetCommand({ TableName: 'Sessions', Key }));
  if (!Item || Item.ExpiresAt <= now) return false;
  await db.send(
    new UpdateCommand({
      TableName: 'Sessions',
      Key,
      UpdateExpression: 'SET LastSeen = :now',
      ExpressionAttributeValues: { ':now': now },
    }),
  );
  return true;
};

// step: Fifty-one cookies
let accepted = 0;
for (let n = 1; n <= 51; n += 1) {
  const id = `S${String(n).padStart(4, '0')}`;
  if (await accept(id)) accepted += 1;
}
console.log('Accepted:', accepted);
