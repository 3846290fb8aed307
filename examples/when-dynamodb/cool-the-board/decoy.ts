import {
  CreateTableCommand,
  DynamoDBClient,
  ThrottlingException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

// One attempt each: by default the SDK waits and tries again.
const client = new DynamoDBClient({ maxAttempts: 1 });
const db = DynamoDBDocumentClient.from(client);
const TableName = 'Scores';

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'Player', AttributeType: 'S' },
      { AttributeName: 'Board', AttributeType: 'S' },
      { AttributeName: 'Score', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'Player', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByScore',
        KeySchema: [
          { AttributeName: 'Board', KeyType: 'HASH' },
          { AttributeName: 'Score', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
);
await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 60 }, { TableName });

/** The board on which a player's score is listed. */
const boardOf = (player: number) => `P${player}`;

// step: Forty players finish
let refused = 0;
for (let player = 1; player <= 40; player += 1) {
  const Item = {
    Player: `P${player}`,
    Score: (player * 37) % 100,
    Board: boardOf(player),
  };
  try {
    await db.send(new PutCommand({ TableName, Item }));
  } catch (error) {
    if (!(error instanceof ThrottlingException)) throw error;
    refused += 1;
  }
}
console.log('Refused:', refused);

// step: The three best
const { Items } = await db.send(new ScanCommand({ TableName }));
const best = (Items ?? [])
  .sort((a, b) => b.Score - a.Score)
  .slice(0, 3)
  .map((item) => item.Player);
await db.send(
  new PutCommand({
    TableName: 'App',
    Item: { PK: 'BOARD', SK: 'TODAY', Best: best },
  }),
);
