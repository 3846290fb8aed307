import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: The original model
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: {
      UserID: 'U12345',
      Username: 'johndoe',
      Email: 'john@example.com',
    },
  }),
);

// step: The migration
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    UpdateExpression:
      'SET PhoneNumber = :phone, VerificationStatus = :status, ' +
      'SecuritySettings = :settings',
    ExpressionAttributeValues: {
      ':phone': '+1234567890',
      ':status': 'Verified',
      ':settings': {
        TwoFactorEnabled: true,
        LastPasswordChange: '2024-03-15',
      },
    },
  }),
);

// step: In a schema of its own
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' },
    UpdateExpression:
      'SET Preferences = :prefs, Devices = :devices',
    ExpressionAttributeValues: {
      ':prefs': { Theme: 'Dark', Language: 'en-US' },
      ':devices': [
        { id: 'd1', type: 'mobile', lastSeen: '2024-03-10' },
        { id: 'd2', type: 'tablet', lastSeen: '2024-02-25' },
      ],
    },
  }),
);

// step: Ask the document
const { Items } = await db.send(
  new QueryCommand({
    TableName: 'Users',
    KeyConditionExpression: 'UserID = :user',
    FilterExpression: 'Preferences.#language = :language',
    ExpressionAttributeNames: { '#language': 'Language' },
    ExpressionAttributeValues: {
      ':user': 'U12345',
      ':language': 'en-US',
    },
  }),
);
console.log(`${Items?.[0]?.Devices.length} devices`);
