import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const user = { TableName: 'Users', Key: { UserID: 'U90001' } };

// step: Store it and read it
await db.send(
  new PutCommand({
    TableName: 'Users',
    Item: {
      UserID: 'U90001',
      Doc: {
        theme: 'Dark',
        lineHeight: 1.5,
        notify: { email: true, mobile: false },
        langs: ['en', 'de'],
      },
    },
  }),
);
const { Item } = await db.send(new GetCommand(user));
console.log(Item?.Doc);

// step: Is it the same?
const { Count } = await db.send(
  new QueryCommand({
    TableName: 'Users',
    KeyConditionExpression: 'UserID = :user',
    FilterExpression: 'Doc = :doc',
    ExpressionAttributeValues: {
      ':user': 'U90001',
      ':doc': {
        langs: ['en', 'de'],
        notify: { mobile: false, email: true },
        lineHeight: 1.5,
        theme: 'Dark',
      },
    },
  }),
);
console.log('equal documents:', Count);

// step: Read one value inside
const part = await db.send(
  new GetCommand({
    ...user,
    ProjectionExpression: 'Doc.notify.email', // = path "'Doc.notify.email'"
  }),
);
console.log('by e-mail:', part.Item?.Doc.notify.email);

// step: Change one value inside
await db.send(
  new UpdateCommand({
    ...user,
    UpdateExpression: 'SET Doc.theme = :theme', // = path "Doc.theme"
    ExpressionAttributeValues: { ':theme': 'Light' },
  }),
);

// step: What JSON does not have
const addRoles = (...roles: string[]) =>
  new UpdateCommand({
    ...user,
    UpdateExpression: 'ADD RoleSet :roles',
    ExpressionAttributeValues: { ':roles': new Set(roles) },
    ReturnValues: 'UPDATED_NEW',
  });
await db.send(addRoles('User', 'Editor'));
const { Attributes } = await db.send(
  addRoles('Editor', 'Author'),
);
console.log(Attributes?.RoleSet.size, 'roles');
