import {
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const TableName = 'Orders';

// step: Midnight
await client.send(
  new UpdateContinuousBackupsCommand({
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: true,
    },
  }),
);

// step: One o'clock
// Your program: 14 days, and nothing forgotten.

// step: What is set
const { ContinuousBackupsDescription: backups } = await client.send(
  new DescribeContinuousBackupsCommand({ TableName }),
);
const set = backups?.PointInTimeRecoveryDescription;
console.log('Window:', set?.RecoveryPeriodInDays);

// step: A restore to half past midnight
try {
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: TableName,
      TargetTableName: 'Orders-restored',
      RestoreDateTime: new Date('2026-01-01T00:30:00Z'),
    }),
  );
} catch (error) {
  console.log((error as Error).name);
}
