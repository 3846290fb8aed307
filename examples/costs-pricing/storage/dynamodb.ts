import {
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

// Dollars for a GB-month, us-east-1, 29 September 2026.
const storage = 0.25;
/** What AWS adds to each item, and to each entry of an index. */
const OVERHEAD = 100;

async function weigh(TableName: string) {
  const { Table } = await client.send(
    new DescribeTableCommand({ TableName }),
  );
  const parts = [
    {
      IndexName: TableName,
      ...Table,
      IndexSizeBytes: undefined,
    },
    ...(Table?.GlobalSecondaryIndexes ?? []),
  ];
  let billed = 0;
  for (const part of parts) {
    const bytes =
      part.IndexSizeBytes ?? Table?.TableSizeBytes ?? 0;
    const items = part.ItemCount ?? 0;
    billed += bytes + items * OVERHEAD;
    const each = Math.round(bytes / items);
    console.log(`${part.IndexName}: ${items} of ${each} bytes`);
  }
  const dollars = (billed / 2 ** 30) * storage * 1_000_000;
  console.log(
    `${billed} bytes billed,`,
    `$${dollars.toFixed(2)} a month for a million such tables`,
  );
}

// step: The posts
await weigh('UserPosts');

// step: Small items
await weigh('PageViews');
