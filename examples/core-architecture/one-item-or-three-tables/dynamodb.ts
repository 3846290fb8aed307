import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Store it
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: {
      UserID: 'U12345',
      Username: 'johndoe',
      Email: 'john@example.com',
      SignupDate: 1615420800,
      LastLoginDate: 1625097600,
      Preferences: {
        Theme: 'Dark',
        EmailNotifications: true,
        MobileNotifications: false,
      },
      Roles: ['User', 'Editor'],
      PostCount: 42,
      IsActive: true,
    },
  }),
);

// step: Read the whole user
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users', // = table
    Key: { UserID: 'U12345' }, // = key
  }),
);
console.log(Item?.Preferences.Theme, Item?.Roles);

// step: Who are the editors?
const { Count, ScannedCount } = await db.send(
  new ScanCommand({
    TableName: 'Users',
    FilterExpression: 'contains(#roles, :role)', // = filter
    ProjectionExpression: 'UserID', // = columns
    ExpressionAttributeNames: { '#roles': 'Roles' },
    ExpressionAttributeValues: { ':role': 'Editor' }, // = filter "':role': 'Editor'"
  }),
);
console.log(`${Count} editors, ${ScannedCount} items read`);

// step: Change one preference
await db.send(
  new UpdateCommand({
    TableName: 'Users',
    Key: { UserID: 'U12345' }, // = key
    UpdateExpression: 'SET Preferences.Theme = :theme', // = set
    ExpressionAttributeValues: { ':theme': 'Light' }, // = set "':theme': 'Light'"
  }),
);
