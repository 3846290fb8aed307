import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client);

const text = (AttributeName: string) =>
  ({ AttributeName, AttributeType: 'S' }) as const;

// step: An index by four attributes
await client.send(
  new CreateTableCommand({
    TableName: 'Invoices',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      ...['Id', 'Country', 'City', 'Status', 'Issued'],
    ].map(text),
    KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByPlace',
        KeySchema: [
          { AttributeName: 'Country', KeyType: 'HASH' },
          { AttributeName: 'City', KeyType: 'HASH' },
          { AttributeName: 'Status', KeyType: 'RANGE' },
          { AttributeName: 'Issued', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName: 'Invoices' },
);
const invoices = [
  ['I1', 'DE', 'Berlin', 'open', '2026-03-01'],
  ['I2', 'DE', 'Berlin', 'paid', '2026-02-01'],
  ['I3', 'DE', 'Berlin', 'open', '2026-01-15'],
  ['I4', 'DE', 'Bonn', 'open', '2026-01-20'],
  ['I5', 'FR', 'Paris', 'open', '2026-04-01'],
  ['I6', 'FR', undefined, 'open', '2026-04-02'],
];
await db.send(
  new BatchWriteCommand({
    RequestItems: {
      Invoices: invoices.map(
        ([Id, Country, City, Status, Issued]) => ({
          PutRequest: {
            Item: {
              Id,
              Country,
              ...(City && { City }),
              Status,
              Issued,
            },
          },
        }),
      ),
    },
  }),
);

const ask = (
  condition: string,
  values: Record<string, string>,
) =>
  db.send(
    new QueryCommand({
      TableName: 'Invoices',
      IndexName: 'ByPlace',
      KeyConditionExpression: condition,
      ...(condition.includes('#s') && {
        ExpressionAttributeNames: { '#s': 'Status' },
      }),
      ExpressionAttributeValues: values,
    }),
  );

// step: Both parts
await ask(
  'Country = :c AND City = :t AND #s = :s AND Issued >= :d',
  {
    ':c': 'DE', // = place
    ':t': 'Berlin', // = place
    ':s': 'open', // = open
    ':d': '2026-01-01', // = date
  },
);

// step: Half of the first part
await ask('Country = :c', { ':c': 'DE' });

// step: A gap in the second part
await ask('Country = :c AND City = :t AND Issued >= :d', {
  ':c': 'DE',
  ':t': 'Berlin',
  ':d': '2026-02-01',
});
