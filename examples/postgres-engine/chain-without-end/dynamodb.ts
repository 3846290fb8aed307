import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Who brought this user here. */
async function referrer(UserID: string) {
  const { Item } = await db.send(
    new GetCommand({
      TableName: 'Users',
      Key: { UserID },
      ProjectionExpression: 'ReferredBy',
    }),
  );
  return Item?.ReferredBy as string | undefined;
}

// step: Follow the chain
let user = 'U12348';
let next = await referrer(user);
while (next) {
  user = next;
  next = await referrer(user);
}
console.log('The first was', user);

// step: Close it to a ring
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    UpdateExpression: 'SET ReferredBy = :last',
    ExpressionAttributeValues: { ':last': 'U12348' },
  }),
);

// step: Follow the ring
user = 'U12348';
for (let step = 1; step <= 20; step += 1) {
  user = (await referrer(user)) ?? user;
}
console.log('After 20 requests:', user);

// step: Notice that it is one
const seen = new Set<string>();
let at: string | undefined = 'U12348';
while (at && !seen.has(at)) {
  seen.add(at);
  at = await referrer(at);
}
console.log(`${at} again, after ${seen.size} requests`);
