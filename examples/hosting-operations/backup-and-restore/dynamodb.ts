import {
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  RestoreTableFromBackupCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const TableName = 'Inventory';
const restored = 'Inventory-restored';

const setPrice = (ProductID: string, price: number) =>
  db.send(
    new UpdateCommand({
      TableName,
      Key: { ProductID },
      UpdateExpression: 'SET Price = :price',
      ExpressionAttributeValues: { ':price': price },
    }),
  );

// step: Back up
const { TableDescription: table } = await client.send(
  new UpdateTableCommand({
    TableName,
    StreamSpecification: {
      StreamEnabled: true,
      StreamViewType: 'KEYS_ONLY',
    },
  }),
);
await client.send(
  new UpdateTableCommand({
    TableName,
    DeletionProtectionEnabled: true,
  }),
);
await client.send(
  new TagResourceCommand({
    ResourceArn: table?.TableArn,
    Tags: [{ Key: 'team', Value: 'shop' }],
  }),
);
await client.send(
  new UpdateContinuousBackupsCommand({
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: true,
    },
  }),
);
const { BackupDetails: backup } = await client.send(
  new CreateBackupCommand({
    TableName,
    BackupName: 'before-new-prices',
  }),
);

// step: The wrong price
await db.send(
  new UpdateCommand({
    TableName,
    Key: { ProductID: 'P9012' },
    UpdateExpression: 'SET Stock = Stock - :one',
    ExpressionAttributeValues: { ':one': 1 },
  }),
);
for (let id = 9001; id <= 9020; id += 1) {
  await setPrice(`P${id}`, 0);
}

// step: Restore
await client.send(
  new RestoreTableFromBackupCommand({
    BackupArn: backup?.BackupArn,
    TargetTableName: restored,
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: restored },
);
const { Table } = await client.send(
  new DescribeTableCommand({ TableName: restored }),
);
const { Tags = [] } = await client.send(
  new ListTagsOfResourceCommand({
    ResourceArn: Table?.TableArn,
  }),
);
const { ContinuousBackupsDescription } = await client.send(
  new DescribeContinuousBackupsCommand({ TableName: restored }),
);
const recovery =
  ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
console.log(
  `Restored: ${Table?.ItemCount} items,`,
  `protected ${Table?.DeletionProtectionEnabled},`,
  `stream ${Table?.StreamSpecification},`,
  `tags ${Tags.length},`,
  `recovery ${recovery?.PointInTimeRecoveryStatus}`,
);

// step: Repair
const { Items = [] } = await db.send(
  new ScanCommand({ TableName: restored }),
);
for (const { ProductID, Price } of Items) {
  await setPrice(ProductID, Price);
}
const { Item } = await db.send(
  new GetCommand({ TableName, Key: { ProductID: 'P9012' } }),
);
console.log(
  `Repaired: price ${Item?.Price}, stock ${Item?.Stock}`,
);

// step: The table is gone
await client.send(
  new UpdateTableCommand({
    TableName,
    DeletionProtectionEnabled: false,
  }),
);
await client.send(new DeleteTableCommand({ TableName }));
const { BackupSummaries = [] } = await client.send(
  new ListBackupsCommand({ TableName }),
);
console.log('Backups left:', BackupSummaries.length);
