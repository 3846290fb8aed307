import {
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

// us-east-1: on demand and storage of 29 September 2026,
// provisioned of 30 July 2026. A month has 730 hours.
const unitHour = { read: 0.00013, write: 0.00065 };
const million = { read: 0.125, write: 0.625 };
const storage = 0.25;
const HOURS = 730;

/** Dollars, with half a cent rounded up. */
const dollars = (usd: number) =>
  `$${(Math.round(usd * 100 + 1e-6) / 100).toFixed(2)}`;

/** Makes the table, and prints what its units cost a month. */
async function bill(
  TableName: string,
  read: number,
  write: number,
  gigabytes: number,
) {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'ID', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'ID', AttributeType: 'S' },
      ],
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: {
        ReadCapacityUnits: read,
        WriteCapacityUnits: write,
      },
    }),
  );
  const units = TableDescription?.ProvisionedThroughput;
  const reads = units?.ReadCapacityUnits ?? 0;
  const writes = units?.WriteCapacityUnits ?? 0;
  const kept = gigabytes * storage;
  const hourly =
    reads * unitHour.read + writes * unitHour.write;
  const each = reads * million.read + writes * million.write;
  const used = (each * HOURS * 3600) / 1_000_000;
  console.log(
    `Provisioned ${dollars(hourly * HOURS + kept)},`,
    `on demand ${dollars(used + kept)}`,
  );
}

// step: Small
await bill('Small', 5, 5, 10);

// step: Medium
await bill('Medium', 100, 50, 50);

// step: Large
await bill('Large', 1000, 500, 500);

// step: Break-even
const share = (kind: keyof typeof million) =>
  unitHour[kind] / ((million[kind] / 1_000_000) * 3600);
console.log(
  `${(share('write') * 100).toFixed(1)}% of the write units,`,
  `${(share('read') * 100).toFixed(1)}% of the read units`,
);
