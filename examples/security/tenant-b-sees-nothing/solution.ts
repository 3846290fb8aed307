import {
  CreateTableCommand,
  DynamoDBClient,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const admin = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(admin);
const globex = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    credentials: { accessKeyId: 'globex', secretAccessKey: 'x' },
  }),
);
const TableName = 'Tickets';
const put = (Tenant: string, Id: number, Text: string) =>
  new PutCommand({ TableName, Item: { Tenant, Id, Text } });
const ticketsOf = (tenant: string) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'Tenant = :tenant',
    ExpressionAttributeValues: { ':tenant': tenant },
  });

// step: Two tenants, one table
const { TableDescription } = await admin.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Tenant', AttributeType: 'S' },
      { AttributeName: 'Id', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Tenant', KeyType: 'HASH' },
      { AttributeName: 'Id', KeyType: 'RANGE' },
    ],
  }),
);
const arn = TableDescription?.TableArn ?? '';
await db.send(put('acme', 1, 'Buy ink'));
await db.send(put('globex', 1, 'Raise prices'));

// step: The rule
const tenant = `\${aws:PrincipalTag/tenant}`;
const deny = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['dynamodb:*Item', 'dynamodb:Query', 'dynamodb:Scan'],
  Resource: [arn, `${arn}/index/*`],
};
const hasTenant = { 'aws:PrincipalTag/tenant': 'false' };
await admin.send(
  new PutResourcePolicyCommand({
    ResourceArn: arn,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...deny,
          Condition: {
            Null: hasTenant,
            'ForAnyValue:StringNotEquals': {
              'dynamodb:LeadingKeys': tenant,
            },
          },
        },
        {
          ...deny,
          Condition: {
            Null: { ...hasTenant, 'dynamodb:LeadingKeys': 'true' },
          },
        },
      ],
    }),
  }),
);

// step: Globex asks for acme's
await globex.send(ticketsOf('acme'));

// step: Globex scans
await globex.send(new ScanCommand({ TableName }));

// step: Globex writes for acme
await globex.send(put('acme', 9, 'Not ours'));

// step: Globex goes on
await globex.send(put('globex', 9, 'Ours'));
await globex.send(ticketsOf('globex'));
