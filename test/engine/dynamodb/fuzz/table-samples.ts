/** Requests about tags, backups, streams, expiry and the account that go through on a fresh subject. */
import type { Json } from '../../../../src/engine/lab/result.ts';

const ResourceArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/Orders';

/** The backup of a fresh subject. */
const BackupArn = `${ResourceArn}/backup/01700000000000-80000000`;

/** The stream of that subject, and its only shard. */
const StreamArn = `${ResourceArn}/stream/2023-11-14T22:13:20.000`;
const ShardId = 'shardId-00000001700000000000-00000000';

const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: ['dynamodb:PutItem', 'dynamodb:Get*'],
      NotResource: ResourceArn,
      Condition: { Null: { 'dynamodb:LeadingKeys': true } },
    },
  ],
});

export const tableSamples: Record<string, readonly Json[]> = {
  CreateBackup: [{ TableName: 'Plain', BackupName: 'nightly' }],
  DeleteBackup: [{ BackupArn }],
  DescribeBackup: [{ BackupArn }],
  DescribeContinuousBackups: [{ TableName: 'Orders' }],
  DescribeEndpoints: [{}],
  DescribeLimits: [{}],
  DeleteResourcePolicy: [{ ResourceArn }, { ResourceArn, ExpectedRevisionId: '1700000000000' }],
  DescribeStream: [{ StreamArn, Limit: 1 }],
  DescribeTimeToLive: [{ TableName: 'Orders' }],
  GetRecords: [
    {
      ShardIterator: `${StreamArn}|1|${btoa(`${ShardId}|117000000000000000000|0001700000000000`)}`,
      Limit: 2,
    },
  ],
  GetResourcePolicy: [{ ResourceArn }],
  GetShardIterator: [{ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }],
  ListBackups: [
    {},
    { TableName: 'Orders', Limit: 1, TimeRangeLowerBound: 0, TimeRangeUpperBound: 2e9 },
    { ExclusiveStartBackupArn: BackupArn, BackupType: 'ALL' },
  ],
  ListStreams: [{ TableName: 'Orders' }],
  ListTagsOfResource: [{ ResourceArn }],
  PutResourcePolicy: [
    { ResourceArn, Policy, ConfirmRemoveSelfResourceAccess: true },
    {
      ResourceArn: ResourceArn.replace('Orders', 'Plain'),
      Policy,
      ExpectedRevisionId: 'NO_POLICY',
    },
  ],
  RestoreTableFromBackup: [
    { TargetTableName: 'Again', BackupArn },
    {
      TargetTableName: 'Again',
      BackupArn,
      BillingModeOverride: 'PROVISIONED',
      ProvisionedThroughputOverride: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      GlobalSecondaryIndexOverride: [],
      LocalSecondaryIndexOverride: [
        {
          IndexName: 'Renamed',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'tag', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
        },
      ],
      SSESpecificationOverride: { Enabled: true },
    },
  ],
  RestoreTableToPointInTime: [
    { SourceTableName: 'Orders', TargetTableName: 'Earlier', UseLatestRestorableTime: true },
  ],
  TagResource: [{ ResourceArn, Tags: [{ Key: 'team', Value: 'shop' }] }],
  UntagResource: [{ ResourceArn, TagKeys: ['team', 'absent'] }],
  UpdateContinuousBackups: [
    {
      TableName: 'Plain',
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 7,
      },
    },
  ],
  UpdateTimeToLive: [
    {
      TableName: 'Plain',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    },
  ],
};
