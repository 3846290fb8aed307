import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const leave = (UserID: string, other: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        ConditionCheck: {
          TableName: 'Users',
          Key: { UserID: other },
          ConditionExpression: 'IsActive = :yes',
          ExpressionAttributeValues: { ':yes': true },
        },
      },
      {
        Update: {
          TableName: 'Users',
          Key: { UserID },
          UpdateExpression: 'SET IsActive = :no',
          ExpressionAttributeValues: { ':no': false },
        },
      },
    ],
  });

// step: Both leave, and one is refused
await db.send(leave('U12345', 'U12357'));
await db.send(leave('U12357', 'U12345'));
