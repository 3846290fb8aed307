import { DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'Users';
const deactivate = (UserID: string) =>
  db.send(
    new UpdateCommand({
      TableName,
      Key: { UserID },
      UpdateExpression: 'SET IsActive = :no',
      ExpressionAttributeValues: { ':no': false },
    }),
  );

// step: Midnight
await client.send(
  new UpdateContinuousBackupsCommand({
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: true,
    },
  }),
);
await deactivate('U12345');

// step: The mistake
await db.send(new DeleteCommand({ TableName, Key: { UserID: 'U12345' } }));
await deactivate('U12346');

// step: Ten minutes later
// Your program: bring the user back.
const { Item } = await db.send(new GetCommand({ TableName, Key: { UserID: 'U12345' } }));
console.log(Item ?? 'There is no U12345');
