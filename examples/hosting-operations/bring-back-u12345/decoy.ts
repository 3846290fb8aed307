import {
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
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
const TargetTableName = 'Users-at-one';
await client.send(
  new RestoreTableToPointInTimeCommand({
    SourceTableName: TableName,
    TargetTableName,
    RestoreDateTime: new Date('2026-01-01T00:59:59Z'),
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: TargetTableName },
);
const { Items = [] } = await db.send(new ScanCommand({ TableName: TargetTableName }));
for (const Item of Items) {
  await db.send(new PutCommand({ TableName, Item }));
}
console.log(Items.length, 'users are back');
