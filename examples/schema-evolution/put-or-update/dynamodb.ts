import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const set = (UserID: string, name: string, value: string) =>
  db.send(
    new UpdateCommand({
      TableName: 'Users',
      Key: { UserID },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
const read = (UserID: string) =>
  db.send(
    new GetCommand({ TableName: 'Users', Key: { UserID } }),
  );

// step: The guide's two objects
// Original data model
const originalItem = {
  UserID: 'U12345',
  Username: 'johndoe',
  Email: 'john@example.com',
};
await db.send(
  new PutCommand({ TableName: 'Users', Item: originalItem }),
);

// Updated data model (no schema change required)
const updatedItem = {
  UserID: 'U12345',
  Username: 'johndoe',
  Email: 'john@example.com',
  PhoneNumber: '+1234567890', // New attribute
  VerificationStatus: 'Verified', // New attribute
  SecuritySettings: {
    // New nested attribute
    TwoFactorEnabled: true,
    LastPasswordChange: '2024-03-15',
  },
};
await db.send(
  new PutCommand({ TableName: 'Users', Item: updatedItem }),
);
const whole = await read('U12345');
console.log(Object.keys(whole.Item ?? {}).length, 'attributes');

// step: Another program adds something
await set('U12345', 'LastSeen', '2025-01-01'); // = write

// step: Write back all of it
// A copy of what was read before, with another status.
const copy = { ...updatedItem, VerificationStatus: 'Lapsed' }; // = status
await db.send(
  new PutCommand({ TableName: 'Users', Item: copy }), // = item "Item: copy"
);
const replaced = await read('U12345');
console.log('LastSeen:', replaced.Item?.LastSeen);

// step: Change only what is new
await set('U12346', 'LastSeen', '2025-01-01'); // = seen
await set('U12346', 'PhoneNumber', '+1234567890'); // = phone
const kept = await read('U12346');
console.log('LastSeen:', kept.Item?.LastSeen);
