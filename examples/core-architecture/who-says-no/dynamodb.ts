import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const put = (
  TableName: string,
  Item: Record<string, string | number>,
) => db.send(new PutCommand({ TableName, Item }));

// step: No key
await put('Users', { Username: 'nobody' });

// step: A key of the wrong type
await put('UserPosts', {
  UserID: 'U12345',
  PostDate: 20240310,
});

// step: A customer who does not exist
await put('Orders', { OrderID: 'O1234', CustomerID: 'C0000' });

// step: An address that is taken
await put('Users', {
  UserID: 'U99999',
  Username: 'janedoe',
  Email: 'john@example.com',
});

// step: A stock of 'ten'
await put('Inventory', { ProductID: 'P9012', Stock: 'ten' });

// step: And the day after
await db.send(
  new UpdateCommand({
    TableName: 'Inventory',
    Key: { ProductID: 'P9012' },
    UpdateExpression: 'SET Stock = Stock - :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
