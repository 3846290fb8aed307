import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

// step: Read one user
const { Item } = await db.send(
  new GetCommand({
    TableName: 'Users', // = table
    Key: { UserID: 'U12345' }, // = key
  }),
);
console.log(`Hello, ${Item?.Username}!`); // = columns "Item?.Username"
