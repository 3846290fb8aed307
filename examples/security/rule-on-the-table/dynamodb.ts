import {
  CreateTableCommand,
  DynamoDBClient,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const as = (accessKeyId: string) =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      credentials: { accessKeyId, secretAccessKey: 'x' },
    }),
  );
const [acme, partner] = [as('acme'), as('partner')];
const admin = new DynamoDBClient({});
const TableName = 'Tickets';

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
const tickets = [
  { Tenant: 'acme', Id: 1, Text: 'Buy ink' },
  { Tenant: 'acme', Id: 2, Text: 'Call Ada' },
  { Tenant: 'globex', Id: 1, Text: 'Raise prices' },
];
await DynamoDBDocumentClient.from(admin).send(
  new BatchWriteCommand({
    RequestItems: {
      Tickets: tickets.map((Item) => ({
        PutRequest: { Item },
      })),
    },
  }),
);

// step: Everybody may
await acme.send(ticketsOf('globex'));

// step: A rule on the table
const deny = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['dynamodb:*Item', 'dynamodb:Query', 'dynamodb:Scan'],
  Resource: [arn, `${arn}/index/*`],
};
// A variable of the policy; in a template string `${` must be
// written with a backslash.
const tenant = `\${aws:PrincipalTag/tenant}`;
const tenantsApart = [
  {
    ...deny,
    Condition: {
      'ForAnyValue:StringNotEquals': {
        'dynamodb:LeadingKeys': tenant,
      },
      Null: { 'aws:PrincipalTag/tenant': 'false' },
    },
  },
  {
    ...deny,
    Condition: {
      Null: {
        'dynamodb:LeadingKeys': 'true',
        'aws:PrincipalTag/tenant': 'false',
      },
    },
  },
];
const put = (
  Statement: object[],
  ExpectedRevisionId?: string,
) =>
  admin.send(
    new PutResourcePolicyCommand({
      ResourceArn: arn,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement,
      }),
      ExpectedRevisionId,
    }),
  );
const { RevisionId } = await put(tenantsApart, 'NO_POLICY');

// step: The other tenant's
await acme.send(ticketsOf('globex'));

// step: Its own
await acme.send(ticketsOf('acme'));

// step: No key at all
await acme.send(new ScanCommand({ TableName }));

// step: Not the revision you think
await put(tenantsApart, 'NO_POLICY');

// step: A guest
const guest = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:user/partner' },
  Action: 'dynamodb:GetItem',
  Resource: arn,
};
await put([...tenantsApart, guest], RevisionId);
await partner.send(
  new GetCommand({ TableName, Key: { Tenant: 'acme', Id: 1 } }),
);
