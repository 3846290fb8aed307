import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

// The application's own key, which may do everything.
const app = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const address = (UserID: string, email: string) => ({
  TableName: 'Users',
  Key: { UserID },
  UpdateExpression: 'SET Email = :email',
  ExpressionAttributeValues: { ':email': email },
});

// step: With the rule in the request
await app.send(
  new UpdateCommand({
    ...address('U12345', 'mallory@example.com'),
    ConditionExpression: 'UserID = :me',
    ExpressionAttributeValues: {
      ':email': 'mallory@example.com',
      ':me': 'U12346',
    },
  }),
);

// step: Without it
await app.send(
  new UpdateCommand(address('U12345', 'mallory@example.com')),
);

// step: Under a rule that stays
const mallory = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    credentials: {
      accessKeyId: 'mallory',
      secretAccessKey: 'x',
    },
  }),
);
await mallory.send(
  new UpdateCommand(address('U12345', 'again@example.com')),
);

// step: Her own
await mallory.send(
  new UpdateCommand(address('U12346', 'new@example.com')), // = change
);
