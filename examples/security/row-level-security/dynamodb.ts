import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const admin = new DynamoDBClient({});
const acme = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    credentials: { accessKeyId: 'acme', secretAccessKey: 'x' },
  }),
);
const TableName = 'Notes';

const notesOf = (tenant: string) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'Tenant = :tenant',
    ExpressionAttributeValues: { ':tenant': tenant },
  });

// step: Two tenants, one table
await admin.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Tenant', AttributeType: 'S' },
      { AttributeName: 'Note', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Tenant', KeyType: 'HASH' },
      { AttributeName: 'Note', KeyType: 'RANGE' },
    ],
  }),
);
const notes = [
  { Tenant: 'acme', Note: 1, Body: 'Buy ink' },
  { Tenant: 'acme', Note: 2, Body: 'Call Ada' },
  { Tenant: 'globex', Note: 1, Body: 'Raise prices' },
];
await DynamoDBDocumentClient.from(admin).send(
  new BatchWriteCommand({
    RequestItems: {
      Notes: notes.map((Item) => ({ PutRequest: { Item } })),
    },
  }),
);

// step: Own notes
await acme.send(notesOf('acme'));

// step: Another tenant's notes
await acme.send(notesOf('globex'));

// step: A note for another tenant
await acme.send(
  new PutCommand({
    TableName,
    Item: { Tenant: 'globex', Note: 2, Body: 'We were here' },
  }),
);

// step: Who is never bound
const { Count } = await DynamoDBDocumentClient.from(admin).send(
  new ScanCommand({ TableName }),
);
console.log('the administrator counts', Count);
