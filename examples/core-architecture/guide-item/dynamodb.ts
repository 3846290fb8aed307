import {
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const user = {
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
};

// step: As printed
await client.send(
  // @ts-expect-error: the types object before DynamoDB does
  new PutItemCommand({ TableName: 'Users', Item: user }),
);

// step: With its types
const typed = marshall(user);
console.log(JSON.stringify(typed.Roles));
await client.send(
  new PutItemCommand({ TableName: 'Users', Item: typed }),
);

// step: Through the document client
await db.send(
  new PutCommand({ TableName: 'Users', Item: user }),
);

// step: How large is it?
// 186 bytes, 3 for the name Pad, and the padding
for (const padding of [1024 - 186 - 3, 1025 - 186 - 3]) {
  await db.send(
    new PutCommand({
      TableName: 'Users',
      Item: {
        ...user,
        UserID: 'U99999',
        Pad: 'x'.repeat(padding),
      },
    }),
  );
}
