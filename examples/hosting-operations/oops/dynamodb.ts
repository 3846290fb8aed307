import {
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'Customers';
const mistake = new DeleteCommand({
  TableName,
  Key: { CustomerID: 'C5678' },
  ReturnValues: 'ALL_OLD',
});
const countOrder = (CustomerID: string) =>
  db.send(
    new UpdateCommand({
      TableName,
      Key: { CustomerID },
      UpdateExpression: 'ADD OrderCount :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
const switchOn = async (RecoveryPeriodInDays?: number) => {
  const { ContinuousBackupsDescription: backups } =
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: true,
          RecoveryPeriodInDays,
        },
      }),
    );
  const now = backups?.PointInTimeRecoveryDescription;
  console.log(
    `Recovery: ${now?.PointInTimeRecoveryStatus}`,
    `for ${now?.RecoveryPeriodInDays} days`,
  );
};

// step: Nothing switched on
const { ContinuousBackupsDescription: found } =
  await client.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
console.log(
  'Recovery:',
  found?.PointInTimeRecoveryDescription
    ?.PointInTimeRecoveryStatus,
);
const { Attributes: kept } = await db.send(mistake);
await client.send(
  new RestoreTableToPointInTimeCommand({
    SourceTableName: TableName,
    TargetTableName: 'Customers-before',
    UseLatestRestorableTime: true,
  }),
);

// step: Back up
await db.send(new PutCommand({ TableName, Item: kept }));
await switchOn();

// step: Choose the window
await switchOn(7);
await switchOn(36);

// step: An hour later
await countOrder('C5678');

// step: The mistake
await db.send(mistake);
await countOrder('C5677');

// step: Restore
const TargetTableName = 'Customers-at-two';
await client.send(
  new RestoreTableToPointInTimeCommand({
    SourceTableName: TableName,
    TargetTableName, // = target
    RestoreDateTime: new Date('2026-01-01T01:59:59Z'), // = moment
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: TargetTableName },
);
const { Item } = await db.send(
  new GetCommand({
    TableName: TargetTableName,
    Key: { CustomerID: 'C5678' }, // = row
  }),
);
await db.send(
  new PutCommand({
    TableName,
    Item,
    ConditionExpression: 'attribute_not_exists(CustomerID)', // = once
  }),
);
console.log('Back, with orders:', Item?.OrderCount);
