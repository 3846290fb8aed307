import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const put = (Item: Record<string, string | number>) =>
  db.send(new PutCommand({ TableName: 'Users', Item }));

// UserID + U99991 + Biography: 6 + 6 + 9 bytes beside the text
const LARGEST = 409_600 - 21;

// step: As large as it may be
await put({
  UserID: 'U99991',
  Biography: 'x'.repeat(LARGEST),
});

// step: One byte more
await put({
  UserID: 'U99992',
  Biography: 'x'.repeat(LARGEST + 1),
});

// step: A shorter name
await put({
  UserID: 'U99993',
  Bio: 'x'.repeat(LARGEST + 1),
});

// step: A flag beside it
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U99993' },
    UpdateExpression: 'SET F = :yes',
    ExpressionAttributeValues: { ':yes': true },
  }),
);

// step: 1,601 columns
const many: Record<string, string | number> = {
  UserID: 'U99994',
};
for (let n = 1; n <= 1601; n += 1) many[`A${n}`] = n;
await put(many);

// step: A very long key
await put({ UserID: 'x'.repeat(2049) });
