import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);

await client.send(
  new CreateTableCommand({
    TableName: 'Issues',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Issue', AttributeType: 'S' },
      { AttributeName: 'Part', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'Issue', KeyType: 'HASH' },
      { AttributeName: 'Part', KeyType: 'RANGE' },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName: 'Issues' });

/** The partition keys that hold the issue of a day. */
const keys = ['2026-01-01'];

/** The key that a part is stored under. */
const keyOf = (_part: number) => '2026-01-01';

// step: Store fourteen parts
for (let part = 1; part <= 14; part += 1) {
  const Item = {
    Issue: keyOf(part),
    Part: part,
    Words: 'x'.repeat(249 * 1024), // 250 write units
  };
  await db
    .send(new PutCommand({ TableName: 'Issues', Item }))
    .catch(() => console.log('part', part, 'is refused'));
}

// step: Read the issue
for (const key of keys) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: 'Issues',
      KeyConditionExpression: 'Issue = :key',
      ExpressionAttributeValues: { ':key': key },
      ProjectionExpression: 'Part',
    }),
  );
  console.log(key, Items.map(({ Part }) => Part).join(' '));
}
