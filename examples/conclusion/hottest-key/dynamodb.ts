import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

// One attempt each; the SDK would wait and try again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Votes';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Pen', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'Pen', KeyType: 'HASH' }],
  }),
);
await waitUntilTableExists(
  { client, minDelay: 1, maxWaitTime: 60 },
  { TableName },
);

/** Adds votes for a pen; says whether they were taken. */
const vote = (Pen: string, votes = 1) =>
  db
    .send(
      new UpdateCommand({
        TableName,
        Key: { Pen },
        UpdateExpression: 'ADD Votes :votes',
        ExpressionAttributeValues: { ':votes': votes },
      }),
    )
    .then(
      () => 1,
      () => 0,
    );

async function forty(pen: (n: number) => string) {
  let taken = 0;
  for (let n = 1; n <= 40; n += 1) {
    taken += await vote(pen(n));
  }
  console.log(`${taken} taken, ${40 - taken} refused`);
}

// step: Forty votes for forty pens
await forty((n) => `pen ${n}`);

// step: Forty votes for one pen
await forty(() => 'pen 1');

// step: The forty added up first
console.log(await vote('pen 2', 40), 'write taken');

// step: What was counted
const { Items: pens = [] } = await db.send(
  new ScanCommand({ TableName }),
);
const many = pens
  .filter(({ Votes }) => Votes > 1)
  .sort((a, b) => a.Pen.localeCompare(b.Pen));
for (const { Pen, Votes } of many) {
  console.log(Pen, 'has', Votes);
}
