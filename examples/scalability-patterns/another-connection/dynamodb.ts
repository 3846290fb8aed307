import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
} from '@aws-sdk/lib-dynamodb';

const read = new GetCommand({
  TableName: 'Users',
  Key: { UserID: 'U12345' },
  ProjectionExpression: 'Username',
});

// step: A session remembers
const one = DynamoDBDocumentClient.from(new DynamoDBClient({}));
console.log((await one.send(read)).Item);

// step: The next statement, on another connection
const other = DynamoDBDocumentClient.from(
  new DynamoDBClient({}),
);
console.log((await other.send(read)).Item);
