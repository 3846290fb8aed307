import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const as = (accessKeyId: string) =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      credentials: { accessKeyId, secretAccessKey: 'x' },
    }),
  );
const [loose, strict] = [as('loose'), as('strict')];

const john = { TableName: 'Users', Key: { UserID: 'U12345' } };

// step: The name
await loose.send(
  new GetCommand({
    ...john, // = row
    ProjectionExpression: 'UserID, Username', // = columns
  }),
);

// step: The address
await loose.send(
  new GetCommand({ ...john, ProjectionExpression: 'Email' }),
);

// step: Everything
const { Item } = await loose.send(new GetCommand(john));
console.log(Item?.Email);

// step: Everything, once more
await strict.send(new GetCommand(john));

// step: To look without seeing
await strict.send(
  new QueryCommand({
    TableName: 'Users',
    KeyConditionExpression: 'UserID = :id',
    FilterExpression: 'begins_with(Email, :start)',
    ProjectionExpression: 'UserID',
    ExpressionAttributeValues: {
      ':id': 'U12345',
      ':start': 'john@',
    },
  }),
);
