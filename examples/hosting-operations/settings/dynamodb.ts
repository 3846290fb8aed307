import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const TableName = 'Orders';

const set = (to: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName, ...to }));

// step: What is set
const { Table } = await client.send(
  new DescribeTableCommand({ TableName }),
);
console.log(
  'Mode:',
  Table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
);
console.log('Class:', Table?.TableClassSummary?.TableClass);
console.log('Protected:', Table?.DeletionProtectionEnabled);

// step: Drop it
await set({ DeletionProtectionEnabled: true });
await client.send(new DeleteTableCommand({ TableName }));

// step: Turn the knobs
await set({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
await set({
  OnDemandThroughput: { MaxReadRequestUnits: 100 },
});
const { Table: changed } = await client.send(
  new DescribeTableCommand({ TableName }),
);
console.log('Class:', changed?.TableClassSummary?.TableClass);
console.log(
  'At most:',
  changed?.OnDemandThroughput?.MaxReadRequestUnits,
);
